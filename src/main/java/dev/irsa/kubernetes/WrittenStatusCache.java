package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last status that we wrote of each resource: what a cache does not show yet, and what tells our status from one that
 * took its place. A write of ours that was given up long ago may still come and do that.
 */
public final class WrittenStatusCache {
    private final ConcurrentHashMap<String, Written> byUid = new ConcurrentHashMap<>();
    /** Those on their way: a watch may show one before its answer is here. */
    private final ConcurrentHashMap<String, IamServiceAccountStatus> underway = new ConcurrentHashMap<>();

    /**
     * What was written.
     *
     * @param unseen the status, and the finalizers of the resource that has it, until a cache shows them
     * @param version that of the resource which has it
     */
    private record Written(Optional<Unseen> unseen, long version) {}

    private record Unseen(IamServiceAccountStatus status, List<String> finalizers) {}

    /** We are about to write a status of this resource. */
    public void writing(IamServiceAccountStatus status, IamServiceAccount resource) {
        underway.put(resource.getMetadata().getUid(), status);
    }

    /** The write of a status of this resource has come to its end, whatever that is. */
    public void ended(IamServiceAccount resource) {
        underway.remove(resource.getMetadata().getUid());
    }

    /**
     * We wrote a status.
     *
     * @param answer the resource that has it
     */
    public void wrote(IamServiceAccountStatus status, IamServiceAccount answer) {
        List<String> finalizers = List.copyOf(answer.getMetadata().getFinalizers());
        byUid.put(
                answer.getMetadata().getUid(),
                new Written(Optional.of(new Unseen(status, finalizers)), version(answer)));
    }

    /**
     * Gives a resource that a cache shows the status that we wrote since, and the finalizers that it had then: ours was
     * put on before, and need not be put on again.
     */
    public void bringUpToDate(IamServiceAccount resource) {
        byUid.computeIfPresent(resource.getMetadata().getUid(), (uid, last) -> {
            if (version(resource) >= last.version()) {
                return new Written(Optional.empty(), last.version());
            }
            last.unseen().ifPresent(unseen -> {
                resource.setStatus(unseen.status());
                resource.getMetadata().setFinalizers(new ArrayList<>(unseen.finalizers()));
            });
            return last;
        });
    }

    /** Whether the resource has come to have another status, and neither by our last write nor before it. */
    public boolean isReplaced(IamServiceAccount now, IamServiceAccount before) {
        String uid = now.getMetadata().getUid();
        if (Objects.equals(now.getStatus(), before.getStatus()) || Objects.equals(now.getStatus(), underway.get(uid))) {
            return false;
        }
        Written last = byUid.get(uid);
        return last == null || version(now) > last.version();
    }

    /** The resource has gone. */
    public void forget(String uid) {
        byUid.remove(uid);
    }

    /** Kubernetes 1.35 and newer promise that versions of one kind can be compared; older ones do it all the same. */
    private static long version(IamServiceAccount resource) {
        String version = resource.getMetadata().getResourceVersion();
        return version != null && version.matches("[0-9]{1,18}") ? Long.parseLong(version) : Long.MAX_VALUE;
    }
}
