package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.kubernetes.WrittenStatusCache;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Optional;

/**
 * Decides whether an update requires a reconcile. The framework's own filter compares only the generation. It would
 * miss a new resource of the same name, a removed finalizer or recorded role, and a user's confirmation that pods were restarted. It would also
 * miss a status that the operator did not write last, or that lost an association. Other resources may have
 * waited for that ServiceAccount.
 *
 * @param statuses the last status that the operator wrote to each resource
 */
public record UpdateFilter(WrittenStatusCache statuses) implements OnUpdateFilter<IamServiceAccount> {
    @Override
    public boolean accept(IamServiceAccount now, IamServiceAccount before) {
        return EntitlementEventSources.hasChanged(now, before)
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || lostFinalizer(now, before)
                || lostRecordedRole(now, before)
                || !confirmation(now).equals(confirmation(before))
                || statuses.isReplaced(now, before)
                || !now.associatedServiceAccounts().containsAll(before.associatedServiceAccounts());
    }

    private static boolean lostFinalizer(IamServiceAccount now, IamServiceAccount before) {
        return before.hasFinalizer(IamServiceAccount.FINALIZER) && !now.hasFinalizer(IamServiceAccount.FINALIZER);
    }

    private static boolean lostRecordedRole(IamServiceAccount now, IamServiceAccount before) {
        return before.recordedRole().isPresent() && !before.recordedRole().equals(now.recordedRole());
    }

    private static Optional<String> confirmation(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(DeliveryPlanner.PODS_RESTARTED));
    }
}
