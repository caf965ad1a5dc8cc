package dev.irsa.runtime;

import dev.irsa.api.v1beta1.AccountAccess;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.ClusterIdentitySource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Resolves the identity of the cluster in another account, and refuses an account in which two owners would manage the same roles.
 *
 * @param own the identity in the account of the operator
 * @param all every IamAccount
 */
public record AccountIdentity(IamAccount resource, ClusterIdentitySource own, Supplier<List<IamAccount>> all) {
    /** Of several that name one account, the oldest manages it, and of several of one second, the first by name. */
    private static final Comparator<IamAccount> BY_AGE = Comparator.comparing(
                    (IamAccount account) -> account.getMetadata().getCreationTimestamp())
            .thenComparing(account -> account.getMetadata().getName());

    /** Returns whether this is the same IamAccount with the same spec. */
    boolean isOf(IamAccount account) {
        return Objects.equals(
                        resource.getMetadata().getUid(), account.getMetadata().getUid())
                && Objects.equals(
                        resource.getMetadata().getGeneration(),
                        account.getMetadata().getGeneration());
    }

    /**
     * Requires that this is the IamAccount as it is now.
     *
     * @param now empty if there is none
     * @throws FailureException if it is not
     */
    void requireUnchanged(Optional<IamAccount> now) {
        if (now.filter(this::isOf).isEmpty()) {
            throw FailureException.reconciling(
                    "IamAccount " + resource.getMetadata().getName() + " has changed; no action needed");
        }
    }

    /** Returns whether the operator may no longer call the account. */
    public boolean isAbandoned() {
        return resource.getSpec().access() == AccountAccess.Abandon;
    }

    /** Returns whether nothing but AWS can prevent that the account is managed. */
    boolean isUsable() {
        try {
            var _ = identity();
            return true;
        } catch (FailureException e) {
            return false;
        }
    }

    /**
     * Returns the identity, without a call to AWS.
     *
     * @throws FailureException if the account cannot be managed, or the own identity is unknown
     */
    public ClusterIdentity identity() {
        ClusterIdentity cluster = own.current();
        IamAccountSpec spec = resource.getSpec();
        String[] role = spec.roleARN().split(":", 6);
        String path = Objects.requireNonNullElse(spec.rolePath(), cluster.rolePath());
        requireUsable(cluster, role[1], role[4], path);
        AwsAccount account = new AwsAccount(
                role[1],
                spec.accountID(),
                role[5].substring(role[5].lastIndexOf('/') + 1),
                cluster.account().managedPoliciesPerRole(),
                resource.getMetadata().getName());
        return cluster.in(account, path);
    }

    private void requireUsable(ClusterIdentity cluster, String partition, String ofRole, String path) {
        IamAccountSpec spec = resource.getSpec();
        String name = resource.getMetadata().getName();
        if (spec.accountID().equals(cluster.account().id())) {
            throw failure(
                    Reason.AccountInvalid,
                    "IamAccount " + name
                            + " names the account of the operator, whose roles need no spec.account; use it for"
                            + " another account");
        }
        if (!ofRole.equals(spec.accountID())
                || !partition.equals(cluster.account().partition())) {
            throw failure(
                    Reason.AccountInvalid,
                    "IamAccount " + name + ": spec.roleARN is not a role of account " + spec.accountID()
                            + " in partition " + cluster.account().partition() + "; correct it");
        }
        if (spec.roleARN().contains(":role" + path)) {
            throw failure(
                    Reason.AccountInvalid,
                    "IamAccount " + name + ": spec.roleARN is below " + path
                            + ", the path of the roles that the operator" + " manages; move it to another path");
        }
        all.get().stream()
                .filter(other -> !other.getMetadata()
                                .getUid()
                                .equals(resource.getMetadata().getUid())
                        && other.getSpec().accountID().equals(spec.accountID())
                        && BY_AGE.compare(other, resource) < 0)
                .min(BY_AGE)
                .ifPresent(older -> {
                    throw failure(
                            Reason.AccountInvalid,
                            "IamAccount " + older.getMetadata().getName() + " manages account " + spec.accountID()
                                    + " already; use that one, and delete IamAccount " + name);
                });
    }

    private static FailureException failure(Reason reason, String message) {
        return new FailureException(Failure.of(reason, message));
    }
}
