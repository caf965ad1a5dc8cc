package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the last status that the operator wrote to each resource. It serves two purposes: it adds the status that the
 * informer's cache does not show yet, and it distinguishes the operator's status from one that replaced it. A write
 * that timed out long ago can still take effect and replace a later status.
 */
public final class WrittenStatusCache {
    private final ConcurrentHashMap<String, Written> byUid = new ConcurrentHashMap<>();
    /** Statuses of writes in flight: a watch may show one before the response arrives. */
    private final ConcurrentHashMap<String, IamServiceAccountStatus> inFlight = new ConcurrentHashMap<>();

    /**
     * The last write to a resource.
     *
     * @param unseen what the informer's cache does not show yet; empty once the cache shows it
     * @param version the resource version that the write created
     */
    private record Written(Optional<Unseen> unseen, long version) {}

    private record Unseen(IamServiceAccountStatus status, List<String> finalizers, Map<String, String> annotations) {}

    /** Records that a write of this status begins. */
    public void writing(IamServiceAccountStatus status, IamServiceAccount resource) {
        inFlight.put(resource.getMetadata().getUid(), status);
    }

    /** Records that the write to this resource has ended, with or without success. */
    public void ended(IamServiceAccount resource) {
        inFlight.remove(resource.getMetadata().getUid());
    }

    /**
     * Records a successful write.
     *
     * @param response the resource with the new status
     */
    public void wrote(IamServiceAccountStatus status, IamServiceAccount response) {
        List<String> finalizers = List.copyOf(response.getMetadata().getFinalizers());
        Map<String, String> annotations = response.recordedRole()
                .map(arn -> Map.of(IamServiceAccount.RECORDED_ROLE, arn))
                .orElse(Map.of());
        byUid.put(
                response.getMetadata().getUid(),
                new Written(Optional.of(new Unseen(status, finalizers, annotations)), version(response)));
    }

    /**
     * Returns the resource to reconcile: the cached one itself, or a copy with the status that the operator wrote since
     * then. The copy also has the finalizers and the recorded role of that write. The operator adds its finalizer before
     * it writes a status, so it does not add the finalizer twice.
     */
    public IamServiceAccount withUnseenStatus(IamServiceAccount cached) {
        return Optional.ofNullable(byUid.get(cached.getMetadata().getUid()))
                .filter(last -> version(cached) < last.version())
                .flatMap(Written::unseen)
                .map(unseen -> copy(cached, unseen))
                .orElse(cached);
    }

    /** Drops the written status once the informer's cache shows it or a later one. Only its version stays in memory. */
    public void dropIfSeen(IamServiceAccount cached) {
        byUid.computeIfPresent(
                cached.getMetadata().getUid(),
                (uid, last) ->
                        version(cached) >= last.version() ? new Written(Optional.empty(), last.version()) : last);
    }

    private static IamServiceAccount copy(IamServiceAccount cached, Unseen unseen) {
        IamServiceAccount copy = new IamServiceAccount();
        copy.setMetadata(new ObjectMetaBuilder(cached.getMetadata())
                .withFinalizers(unseen.finalizers())
                .addToAnnotations(unseen.annotations())
                .build());
        copy.setSpec(cached.getSpec());
        copy.setStatus(unseen.status());
        return copy;
    }

    /** Returns whether the status changed, and neither by the operator's last write nor before that write. */
    public boolean isReplaced(IamServiceAccount now, IamServiceAccount before) {
        String uid = now.getMetadata().getUid();
        if (Objects.equals(now.getStatus(), before.getStatus()) || Objects.equals(now.getStatus(), inFlight.get(uid))) {
            return false;
        }
        Written last = byUid.get(uid);
        return last == null || version(now) > last.version();
    }

    /** Removes the entry of a resource that no longer exists. */
    public void forget(String uid) {
        byUid.remove(uid);
    }

    /**
     * Returns the resource version as a number. Kubernetes 1.35 and later guarantee that versions of one kind can be
     * compared; earlier releases behave the same way.
     */
    private static long version(IamServiceAccount resource) {
        String version = resource.getMetadata().getResourceVersion();
        return version != null && version.matches("[0-9]{1,18}") ? Long.parseLong(version) : Long.MAX_VALUE;
    }
}
