package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import dev.irsa.port.ClusterIdentitySource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Resolves the cluster's AWS identity, with retries. While AWS is unavailable, the operator runs and reports in each
 * resource what it waits for.
 */
public final class ClusterIdentityResolver implements ClusterIdentitySource {
    private final Supplier<ClusterIdentity> lookup;
    private volatile Optional<ClusterIdentity> identity = Optional.empty();
    private volatile boolean tried;
    private volatile Failure failure = new Failure.Passing(
            Reason.CredentialsUnavailable, "waiting for AWS to report the account of the operator; no action needed");

    /** @param lookup reads the identity from AWS; throws {@link FailureException} when that fails */
    public ClusterIdentityResolver(Supplier<ClusterIdentity> lookup) {
        this.lookup = lookup;
    }

    /** Makes one attempt; returns whether the identity is known now. */
    public boolean tryResolve() {
        try {
            identity = Optional.of(lookup.get());
        } catch (FailureException e) {
            failure = e.failure();
        } catch (RuntimeException e) {
            // No exception may prevent the next attempt.
            failure = new Failure.Passing(
                    Reason.AwsUnavailable, "cannot read the AWS account of the operator: " + RootCause.of(e));
        }
        tried = true;
        return known();
    }

    /** Returns whether an attempt has ended. */
    public boolean tried() {
        return tried;
    }

    /** Returns whether the identity is known. */
    public boolean known() {
        return identity.isPresent();
    }

    /** Returns why the identity is not known. */
    public Failure failure() {
        return failure;
    }

    @Override
    public ClusterIdentity current() {
        return identity.orElseThrow(() -> new FailureException(failure));
    }
}
