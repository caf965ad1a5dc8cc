package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.failure.Failure;
import dev.irsa.failure.Reason;
import dev.irsa.kubernetes.PlainText;
import dev.irsa.plan.Change;
import dev.irsa.plan.RoleChange;
import dev.irsa.plan.ServiceAccountChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is worth an event: one that lists what was done, one for a failure that is new, none for a retry. */
final class Notices {
    private static final String DRIFT = "DriftRepaired";

    private Notices() {}

    /** Whether what was done put back what somebody else had changed. */
    static boolean repairedDrift(IamServiceAccount resource, Progress progress) {
        List<Change> changes = progress.done();
        return !changes.isEmpty() && reason(resource, changes, progress).equals(DRIFT);
    }

    static List<Notice> of(IamServiceAccount resource, Verdict verdict, Progress progress) {
        List<Notice> notices = new ArrayList<>();
        done(resource, progress).ifPresent(notices::add);
        if (verdict instanceof Verdict.Ready || verdict instanceof Verdict.Pending) {
            progress.remarks().stream()
                    .filter(remark -> !isKnown(resource, remark))
                    .forEach(remark -> notices.add(new Notice(true, "DenyPolicyFound", PlainText.of(remark))));
        }
        // When the time of the next look is known, all that is needed is to wait for it.
        if (verdict instanceof Verdict.Failed(Failure failure, var again) && again.isEmpty()) {
            failure(resource, failure).ifPresent(notices::add);
        }
        if (verdict instanceof Verdict.Gone(String remark) && !remark.isEmpty()) {
            notices.add(new Notice(true, "RoleLeftovers", PlainText.of(remark)));
        }
        return notices;
    }

    private static Optional<Notice> done(IamServiceAccount resource, Progress progress) {
        List<Change> changes = progress.done();
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        String note = changes.stream().map(PastTense::of).collect(Collectors.joining("; "));
        boolean running = changes.stream().anyMatch(ServiceAccountChange.AnnotateServiceAccount.class::isInstance);
        String restart = running
                ? "; pods that run already need a restart: kubectl rollout restart deployment/NAME --namespace "
                        + resource.getMetadata().getNamespace()
                : "";
        return Optional.of(new Notice(false, reason(resource, changes, progress), PlainText.of(note + restart)));
    }

    /** The most telling of what was done. */
    private static String reason(IamServiceAccount resource, List<Change> changes, Progress progress) {
        if (resource.isMarkedForDeletion()) {
            return switch (changes.getLast()) {
                case RoleChange.DeleteRole removed -> "RoleDeleted";
                case RoleChange.UntagRole retained -> "RoleRetained";
                case RoleChange other -> "RoleUpdated";
                case ServiceAccountChange released -> "ServiceAccountReleased";
            };
        }
        if (changes.getFirst() instanceof RoleChange.TagRole tags && tags.claims()) {
            return tags.adopts() ? "RoleAdopted" : "RoleTakenOver";
        }
        if (wasTold(resource, progress.drifted())) {
            return DRIFT;
        }
        if (changes.stream().anyMatch(RoleChange.CreateRole.class::isInstance)) {
            return "RoleCreated";
        }
        return switch (changes.getFirst()) {
            case ServiceAccountChange.CreateServiceAccount create -> "ServiceAccountCreated";
            case ServiceAccountChange other -> "ServiceAccountAnnotated";
            case RoleChange.AttachRolePolicy attach -> "PolicyAttached";
            case RoleChange other -> "RoleUpdated";
        };
    }

    private static Optional<Notice> failure(IamServiceAccount resource, Failure failure) {
        boolean passing = failure.reason() == Reason.Reconciling;
        boolean known = resource.ready()
                .map(before -> before.reason().equals(failure.reason().name())
                        && before.message().equals(PlainText.of(failure.message())))
                .orElse(false);
        return passing || known
                ? Optional.empty()
                : Optional.of(new Notice(true, failure.reason().name(), PlainText.of(failure.message())));
    }

    /** Whether the status says so already. */
    private static boolean isKnown(IamServiceAccount resource, String remark) {
        return resource.ready().map(before -> before.message().contains(remark)).orElse(false);
    }

    /**
     * Whether all was well with this very spec before, so that what was repaired was somebody else's doing; where it was
     * drift, a first try to repair it may have failed since.
     */
    private static boolean wasTold(IamServiceAccount resource, boolean drifted) {
        return resource.ready()
                .map(before -> (before.status().equals("True") || drifted)
                        && before.observedGeneration() == resource.getMetadata().getGeneration())
                .orElse(false);
    }
}
