package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.Page;
import dev.irsa.core.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds the events of a reconcile: one that lists what was changed, one for a failure that is new, none for a retry. */
public record EventFactory(Documentation documentation) {
    private static final String DRIFT = "DriftRepaired";
    private static final String TEMPLATE = "TemplateChanged";

    /** Returns whether the changes repaired drift. */
    public static boolean repairedDrift(IamServiceAccount resource, ReconcileResult result) {
        return !result.changes().isEmpty() && reason(resource, result).equals(DRIFT);
    }

    /** Returns the events to record, once the status is written. */
    public List<EventMessage> of(IamServiceAccount resource, ReconcileResult result) {
        List<EventMessage> events = new ArrayList<>();
        changes(resource, result).ifPresent(events::add);
        recreation(resource, result).ifPresent(events::add);
        switch (result.ending()) {
            case Ending.Ready ready -> events.addAll(remarks(resource, result));
            case Ending.Pending pending -> events.addAll(remarks(resource, result));
            // If the time of the next read is known, users need only wait for it.
            case Ending.Failed(Failure failure, var retryAfter)
            when retryAfter.isEmpty() -> failure(resource, failure).ifPresent(events::add);
            case Ending.Gone(String remark) when !remark.isEmpty() -> events.add(warning("RoleLeftovers", remark));
            default -> {}
        }
        return events;
    }

    private static Optional<EventMessage> changes(IamServiceAccount resource, ReconcileResult result) {
        if (result.changes().isEmpty()) {
            return Optional.empty();
        }
        String changes = result.changes().stream().map(Change::describeDone).collect(Collectors.joining("; "));
        String restart = !resource.isMarkedForDeletion()
                        && !isReturning(result)
                        && ServiceAccountPlanner.needsRestart(ofNamed(resource, result))
                ? "; " + restart(result) + ": kubectl rollout restart deployment/NAME --namespace "
                        + resource.getMetadata().getNamespace()
                : "";
        return Optional.of(new EventMessage(false, reason(resource, result), PlainText.of(changes + restart)));
    }

    /** Returns the changes without those for ServiceAccounts that the resource no longer names. Their pods are to lose access. */
    private static List<Change> ofNamed(IamServiceAccount resource, ReconcileResult result) {
        List<String> names = Desired.serviceAccountNames(resource.getMetadata().getName(), resource.getSpec());
        return result.changes().stream()
                .filter(change -> !(change instanceof AssociationChange association)
                        || names.contains(association.serviceAccount()))
                .toList();
    }

    /** Until EKS has propagated the deletion of an association, pods that start may still get EKS Pod Identity. */
    private static String restart(ReconcileResult result) {
        return result.changes().stream().anyMatch(AssociationChange.DeletePodIdentityAssociation.class::isInstance)
                ? "as soon as this resource is Ready, restart running pods"
                : "restart running pods to pick this up";
    }

    /** Returns whether pods that start now would still get EKS Pod Identity, although the spec asks for IRSA alone. */
    private static boolean isReturning(ReconcileResult result) {
        return result.delivery()
                .filter(report -> !report.kinds().contains(Delivery.PodIdentity)
                        && !report.associations().isEmpty())
                .isPresent();
    }

    /** Returns the warning that the resource has another role than before, which the status reports from now on. */
    private Optional<EventMessage> recreation(IamServiceAccount resource, ReconcileResult result) {
        String before = PreviousStatus.of(resource).roleId();
        return result.role()
                .state()
                .map(RoleState::role)
                .filter(role -> !before.isEmpty() && !role.id().equals(before) && !resource.isMarkedForDeletion())
                .map(role -> warning(
                        "RoleRecreated",
                        "role " + role.name() + " was deleted and created again: its ID was " + before + " and is now "
                                + role.id()
                                + "; policies that name the role as a Principal still refer to the deleted role and do not"
                                + " admit the new one; save those policies again, or match aws:PrincipalArn in a"
                                + " condition" + Page.RECREATED_ROLE.reference()));
    }

    /** Returns the reason that describes the changes best. */
    private static String reason(IamServiceAccount resource, ReconcileResult result) {
        List<Change> changes = result.changes();
        if (resource.isMarkedForDeletion()) {
            return switch (changes.getLast()) {
                case RoleChange.DeleteRole deleted -> "RoleDeleted";
                case RoleChange.UntagRole retained -> "RoleRetained";
                case RoleChange other -> "RoleUpdated";
                case AssociationChange association -> "AssociationDeleted";
                case ServiceAccountChange released -> "ServiceAccountReleased";
            };
        }
        if (changes.getFirst() instanceof RoleChange.TagRole tags && tags.claims()) {
            return tags.adopts() ? "RoleAdopted" : "RoleTakenOver";
        }
        if (followsTemplate(resource, result)) {
            return TEMPLATE;
        }
        boolean wantedChanged =
                result.role().drift() == Drift.NONE && changes.stream().allMatch(RoleChange.class::isInstance);
        if (!wantedChanged && wasUpToDate(resource, result.role().drift() == Drift.FOUND)) {
            return DRIFT;
        }
        if (changes.stream().anyMatch(RoleChange.CreateRole.class::isInstance)) {
            return "RoleCreated";
        }
        return switch (changes.getFirst()) {
            case ServiceAccountChange.CreateServiceAccount create -> "ServiceAccountCreated";
            case ServiceAccountChange.ReleaseServiceAccount release -> "ServiceAccountReleased";
            case ServiceAccountChange.DiscardServiceAccount discard -> "ServiceAccountReleased";
            case ServiceAccountChange other -> "ServiceAccountAnnotated";
            case AssociationChange.CreatePodIdentityAssociation create -> "AssociationCreated";
            case AssociationChange.UpdatePodIdentityAssociation update -> "AssociationUpdated";
            case AssociationChange.DeletePodIdentityAssociation delete -> "AssociationDeleted";
            case RoleChange.AttachRolePolicy attach -> "PolicyAttached";
            case RoleChange other -> "RoleUpdated";
        };
    }

    /** Returns whether the same spec now has policies from another version of a template. */
    private static boolean followsTemplate(IamServiceAccount resource, ReconcileResult result) {
        PreviousStatus before = PreviousStatus.of(resource);
        return before.describesSpec()
                && !before.policyTemplates().isEmpty()
                && !before.policyTemplates().equals(result.policies().templates());
    }

    /**
     * Returns whether the resource was up to date with this spec before, so that another client caused what was repaired. After
     * drift, an earlier attempt to repair it may have failed.
     */
    private static boolean wasUpToDate(IamServiceAccount resource, boolean drifted) {
        return resource.ready()
                .map(before -> (before.status().equals("True") || drifted)
                        && before.observedGeneration() == resource.getMetadata().getGeneration())
                .orElse(false);
    }

    private List<EventMessage> remarks(IamServiceAccount resource, ReconcileResult result) {
        return result.role().remarks().stream()
                .filter(remark -> !isPublished(resource, remark))
                .map(remark -> warning("DenyPolicyFound", remark))
                .toList();
    }

    private Optional<EventMessage> failure(IamServiceAccount resource, Failure failure) {
        boolean transitional = failure.reason() == Reason.Reconciling;
        boolean published = resource.ready()
                .map(before -> before.reason().equals(failure.reason().name())
                        && before.message().equals(plain(failure.message())))
                .orElse(false);
        return transitional || published
                ? Optional.empty()
                : Optional.of(warning(failure.reason().name(), failure.message()));
    }

    /** Returns whether the status contains this remark already. */
    private static boolean isPublished(IamServiceAccount resource, String remark) {
        return resource.ready().map(before -> before.message().contains(remark)).orElse(false);
    }

    private EventMessage warning(String reason, String note) {
        return new EventMessage(true, reason, plain(note));
    }

    private String plain(String text) {
        return PlainText.of(documentation.in(text));
    }
}
