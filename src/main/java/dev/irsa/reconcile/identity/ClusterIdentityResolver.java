package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import dev.irsa.port.ClusterIdentitySource;
import java.util.Optional;
import java.util.function.Supplier;

/** Who we are, asked until it is answered: a cluster without AWS still tells its users what it waits for. */
public final class ClusterIdentityResolver implements ClusterIdentitySource {
    private final Supplier<ClusterIdentity> question;
    private volatile Optional<ClusterIdentity> answer = Optional.empty();
    private volatile Failure failure =
            new Failure.Passing(Reason.CredentialsUnavailable, "AWS has not said yet which account this is");

    /** @param question asks AWS; throws {@link FailureException} when it does not answer */
    public ClusterIdentityResolver(Supplier<ClusterIdentity> question) {
        this.question = question;
    }

    /** Asks once; answers whether it is known now. */
    public boolean ask() {
        try {
            answer = Optional.of(question.get());
        } catch (FailureException e) {
            failure = e.failure();
        } catch (RuntimeException e) {
            // Whatever it is, it must not keep us from asking again.
            failure = new Failure.Passing(Reason.AwsUnavailable, "asking AWS failed: " + RootCause.of(e));
        }
        return known();
    }

    /** Whether it is known. */
    public boolean known() {
        return answer.isPresent();
    }

    /** Why it is not known. */
    public Failure failure() {
        return failure;
    }

    @Override
    public ClusterIdentity current() {
        return answer.orElseThrow(() -> new FailureException(failure));
    }
}
