package dev.irsa.kubectl.preview;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.plan.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one reconcile of a resource would do.
 *
 * @param changes to AWS and to the ServiceAccount, in order
 * @param addsFinalizer whether the resource would get the finalizer
 * @param ready the condition Ready afterwards, with the reason and the message that users would read; empty if there would be none,
 *     as after a deletion
 * @param remarks what users should know about the role although nothing failed
 * @param failedReads why a service could not be read, which a condition would report as a problem of the operator
 */
public record Preview(
        List<Change> changes,
        boolean addsFinalizer,
        Optional<Condition> ready,
        List<String> remarks,
        Map<Service, Failure> failedReads) {
    /** What a reconcile reads in AWS. */
    public enum Service {
        IAM,
        EKS
    }

    public Preview {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
        failedReads = Map.copyOf(failedReads);
    }

    /** Returns whether the reconcile would write anything but the status. */
    public boolean writes() {
        return !changes.isEmpty() || addsFinalizer;
    }
}
