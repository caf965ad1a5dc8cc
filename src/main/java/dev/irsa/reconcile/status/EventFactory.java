package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is worth an event: one that lists what was done, one for a failure that is new, none for a retry. */
public final class EventFactory {
    private static final String DRIFT = "DriftRepaired";

    private EventFactory() {}

    /** Whether what was done put back what somebody else had changed. */
    public static boolean repairedDrift(IamServiceAccount resource, Progress progress) {
        List<Change> changes = progress.done();
        return !changes.isEmpty() && reason(resource, changes, progress).equals(DRIFT);
    }

    public static List<EventMessage> of(IamServiceAccount resource, ReconcileResult verdict, Progress progress) {
        List<EventMessage> notices = new ArrayList<>();
        done(resource, progress).ifPresent(notices::add);
        if (verdict instanceof ReconcileResult.Ready || verdict instanceof ReconcileResult.Pending) {
            progress.remarks().stream()
                    .filter(remark -> !isKnown(resource, remark))
                    .forEach(remark -> notices.add(new EventMessage(true, "DenyPolicyFound", PlainText.of(remark))));
        }
        // When the time of the next look is known, all that is needed is to wait for it.
        if (verdict instanceof ReconcileResult.Failed(Failure failure, var again) && again.isEmpty()) {
            failure(resource, failure).ifPresent(notices::add);
        }
        if (verdict instanceof ReconcileResult.Gone(String remark) && !remark.isEmpty()) {
            notices.add(new EventMessage(true, "RoleLeftovers", PlainText.of(remark)));
        }
        return notices;
    }

    private static Optional<EventMessage> done(IamServiceAccount resource, Progress progress) {
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
        return Optional.of(new EventMessage(false, reason(resource, changes, progress), PlainText.of(note + restart)));
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

    private static Optional<EventMessage> failure(IamServiceAccount resource, Failure failure) {
        boolean passing = failure.reason() == Reason.Reconciling;
        boolean known = resource.ready()
                .map(before -> before.reason().equals(failure.reason().name())
                        && before.message().equals(PlainText.of(failure.message())))
                .orElse(false);
        return passing || known
                ? Optional.empty()
                : Optional.of(new EventMessage(true, failure.reason().name(), PlainText.of(failure.message())));
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
