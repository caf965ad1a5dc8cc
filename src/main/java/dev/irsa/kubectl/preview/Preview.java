package dev.irsa.kubectl.preview;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.core.plan.Change;
import java.util.List;
import java.util.Optional;

/**
 * What one reconcile of a resource would do.
 *
 * @param changes to AWS and to the ServiceAccount, in order
 * @param addsFinalizer whether the resource would get the finalizer
 * @param ready the condition Ready afterwards, with the reason and the message that users would read; empty if there would be none,
 *     as after a deletion
 */
public record Preview(List<Change> changes, boolean addsFinalizer, Optional<Condition> ready) {
    public Preview {
        changes = List.copyOf(changes);
    }

    /** Returns whether the reconcile would write anything but the status. */
    public boolean writes() {
        return !changes.isEmpty() || addsFinalizer;
    }
}
