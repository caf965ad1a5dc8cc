package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.get.AccountKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A resource of a folder, and how far it is.
 *
 * @param live the resource in the cluster; empty if it does not exist
 * @param why it is not resumed, or is not finished; empty if there is nothing to say
 */
public record WaveItem(IamServiceAccount manifest, Optional<IamServiceAccount> live, Step step, String why) {
    /** What remains to be done. */
    public enum Step {
        /** It is adopted, Ready, and Available. */
        FINISHED,
        /** It is resumed in the file and the cluster, and not finished. */
        RUNNING,
        /** Its role is offered, and it is suspended in the cluster. */
        RESUMABLE,
        /** It cannot be resumed now. */
        SKIPPED
    }

    /**
     * Compares a manifest with the cluster.
     *
     * @param approvesChanges whether the user approves all pending changes
     */
    public static WaveItem of(IamServiceAccount manifest, Optional<IamServiceAccount> live, boolean approvesChanges) {
        if (live.isEmpty()) {
            return new WaveItem(manifest, live, Step.SKIPPED, "it is not in the cluster; apply it first");
        }
        IamServiceAccount resource = live.get();
        if (resource.isMarkedForDeletion()) {
            return new WaveItem(manifest, live, Step.SKIPPED, "it is being deleted; remove its file");
        }
        boolean resumed = !resource.getSpec().suspend();
        if (resumed && manifest.getSpec().suspend()) {
            return new WaveItem(
                    manifest, live, Step.SKIPPED, "it is resumed in the cluster only; set suspend: false in its file");
        }
        if (resumed) {
            return isFinished(resource)
                    ? new WaveItem(manifest, live, Step.FINISHED, "")
                    : new WaveItem(manifest, live, Step.RUNNING, described(resource));
        }
        return whySuspended(manifest, resource, approvesChanges)
                .map(why -> new WaveItem(manifest, live, Step.SKIPPED, why))
                .orElseGet(() -> new WaveItem(manifest, live, Step.RESUMABLE, ""));
    }

    /** The status is that of the operator, which has compared the tags of the role with its own. */
    private static Optional<String> whySuspended(
            IamServiceAccount manifest, IamServiceAccount live, boolean approvesChanges) {
        IamServiceAccountStatus status = status(live);
        if (status.adoption() == Adoption.Adopted) {
            return Optional.of(
                    "its role is adopted, and it was suspended again; set suspend: false where that was done");
        }
        if (!manifest.getSpec().resumed().equals(live.getSpec().resumed())) {
            return Optional.of("its spec in the cluster differs from the file; apply the file first");
        }
        if (!isCurrent(live)) {
            return Optional.of("the operator has not read it yet; run the command again later");
        }
        if (status.adoption() != Adoption.Offered) {
            return Optional.of(
                    "its role is not offered, as far as the operator knows, which reads it again within minutes; "
                            + described(live));
        }
        if (condition(live, "Ready")
                .filter(ready -> ready.reason().equals(Reason.Suspended.name()))
                .isEmpty()) {
            return Optional.of(described(live));
        }
        if (!PendingAdoption.claimsRole(live)) {
            return Optional.of(
                    "the operator cannot adopt its role yet, so what the adoption changes is not known; correct"
                            + " what is in the way: " + described(live));
        }
        List<String> changes = approvesChanges ? List.of() : PendingAdoption.changesBeyondOwnership(live);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "its adoption changes more than ownership tags, so review that, and pass --approve-changes: "
                                + String.join("; ", changes));
    }

    private static boolean isFinished(IamServiceAccount live) {
        return isCurrent(live)
                && status(live).adoption() == Adoption.Adopted
                && isTrue(live, "Ready")
                && isTrue(live, "Available");
    }

    /** Returns whether only a user can make the resource Ready. */
    public boolean isStalled() {
        return live.filter(resource -> isCurrent(resource) && isTrue(resource, "Stalled"))
                .isPresent();
    }

    /** Returns its key. */
    public AccountKey key() {
        return AccountKey.of(manifest);
    }

    /** Returns its name with its namespace. */
    public String name() {
        return key().namespace() + "/" + key().name();
    }

    private static boolean isCurrent(IamServiceAccount live) {
        return status(live).observedGeneration()
                == Objects.requireNonNullElse(live.getMetadata().getGeneration(), 0L);
    }

    private static boolean isTrue(IamServiceAccount live, String type) {
        return condition(live, type)
                .filter(found -> found.status().equals("True"))
                .isPresent();
    }

    /** Returns why it is not Ready, or not Available. */
    public static String described(IamServiceAccount live) {
        return condition(live, "Ready")
                .filter(ready -> !ready.status().equals("True"))
                .or(() -> condition(live, "Available"))
                .map(found -> found.reason() + ": " + found.message())
                .orElse("it has no condition Ready yet");
    }

    private static Optional<Condition> condition(IamServiceAccount live, String type) {
        return status(live).conditions().stream()
                .filter(found -> found.type().equals(type))
                .findFirst();
    }

    private static IamServiceAccountStatus status(IamServiceAccount live) {
        return Objects.requireNonNullElse(live.getStatus(), IamServiceAccountStatus.UNSEEN);
    }
}
