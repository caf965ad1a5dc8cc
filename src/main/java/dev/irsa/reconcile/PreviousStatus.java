package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What is asked of the resource that is being reconciled. */
public final class PreviousStatus {
    private PreviousStatus() {}

    public static ResourceRef ref(IamServiceAccount resource) {
        var metadata = resource.getMetadata();
        return new ResourceRef(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    /** The ARN of the role that was made for it; empty when none is known to have been. */
    public static Optional<String> knownArn(IamServiceAccount resource) {
        IamServiceAccountStatus status = resource.getStatus();
        return status == null || status.role() == null
                ? Optional.empty()
                : Optional.of(status.role().arn());
    }

    /** The id of the role that is known to be its; empty when none is. */
    static String knownId(IamServiceAccount resource) {
        IamServiceAccountStatus status = resource.getStatus();
        return status == null || status.role() == null ? "" : status.role().id();
    }

    /** Whether the resource was told that all is done that is to be done for the spec that it has. */
    static boolean isAtRest(IamServiceAccount resource) {
        IamServiceAccountStatus status = resource.getStatus();
        return status != null
                && status.observedGeneration() == resource.getMetadata().getGeneration()
                && resource.ready()
                        .filter(ready ->
                                ready.status().equals("True") || ready.reason().equals(Reason.Suspended.name()))
                        .isPresent();
    }

    /** Since when the resource has been Ready; empty when it is not, or when somebody wrote there what is no time. */
    static Optional<Instant> readySince(IamServiceAccount resource) {
        return resource.ready()
                .filter(ready -> ready.status().equals("True"))
                .flatMap(ready -> time(ready.lastTransitionTime()));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Another name or path of the cluster, or another account, would leave every role behind and make each a second time. */
    static void requireSameRole(IamServiceAccount resource, String arn) {
        knownArn(resource)
                .filter(known -> !known.equals(arn))
                .ifPresent(known -> fail(new Failure.RoleConflict(
                        known,
                        "was made for this resource, and the operator would now make " + arn
                                + "; the cluster's name, the role path, the AWS account or the partition has changed:"
                                + " give it back its --cluster-name and --role-path, or credentials for the account"
                                + " in which the role is")));
    }

    static void fail(Failure failure) {
        throw new FailureException(failure);
    }
}
