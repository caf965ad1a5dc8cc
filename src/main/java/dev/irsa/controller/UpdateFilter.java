package dev.irsa.controller;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.kubernetes.WrittenStatusCache;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an update requires a reconcile. The framework's own filter compares only the generation. It would
 * miss a removed finalizer, a new resource of the same name, and a status that the operator did not write last.
 */
public final class UpdateFilter implements OnUpdateFilter<IamServiceAccount> {
    private final WrittenStatusCache statuses;

    /** @param statuses the last status that the operator wrote to each resource */
    public UpdateFilter(WrittenStatusCache statuses) {
        this.statuses = statuses;
    }

    @Override
    public boolean accept(IamServiceAccount now, IamServiceAccount before) {
        return hasChanged(now, before)
                || lostFinalizer(now, before)
                || confirmedRestart(now, before)
                || statuses.isReplaced(now, before);
    }

    /** Returns whether the UID, the spec or the deletion timestamp changed. */
    private static boolean hasChanged(IamServiceAccount now, IamServiceAccount before) {
        return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion();
    }

    private static boolean confirmedRestart(IamServiceAccount now, IamServiceAccount before) {
        return !Objects.equals(confirmation(now), confirmation(before));
    }

    private static @Nullable String confirmation(IamServiceAccount resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(DeliveryPlanner.PODS_RESTARTED);
    }

    private static boolean lostFinalizer(IamServiceAccount now, IamServiceAccount before) {
        return before.hasFinalizer(IamServiceAccount.FINALIZER) && !now.hasFinalizer(IamServiceAccount.FINALIZER);
    }
}
