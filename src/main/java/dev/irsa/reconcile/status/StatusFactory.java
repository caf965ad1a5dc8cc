package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.PodIdentityStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.api.v1beta1.ServiceAccountStatus;
import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.Retry;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.PlainText;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds the status of a resource from the result of a reconcile. {@code Ready} is always present. {@code Reconciling} and
 * {@code Stalled} are present only when True, as kstatus expects. A message does not change from one retry to the next, so that
 * a repeated failure causes no write.
 */
public final class StatusFactory {
    private final ConditionTransitions conditions;

    /** Creates a factory whose conditions carry the time of this clock, and refer to this documentation. */
    public StatusFactory(InstantSource clock, Documentation documentation) {
        this.conditions = new ConditionTransitions(clock, documentation);
    }

    /**
     * Returns the status that reports this result; empty if the result leaves the status unchanged.
     *
     * @param findings what is found about the role beyond the result
     */
    public Optional<IamServiceAccountStatus> of(
            IamServiceAccount resource, ReconcileResult result, Supplier<Findings> findings) {
        return of(resource, result).map(status -> {
            Findings found = findings.get();
            List<Condition> all = new ArrayList<>(status.conditions());
            found.availability()
                    .map(known -> condition(
                            resource,
                            "Available",
                            known.status().name(),
                            known.reason().name(),
                            known.message()))
                    .or(resource::available)
                    .ifPresent(all::add);
            return status.with(found.missingRequirements().orElse(status.missingRequirements()), all);
        });
    }

    private Optional<IamServiceAccountStatus> of(IamServiceAccount resource, ReconcileResult result) {
        return switch (result.ending()) {
            case Ending.Gone gone -> Optional.empty();
            case Ending.Deferred deferred -> Optional.empty();
            case Ending.Untouched untouched -> Optional.empty();
            case Ending.Ready ready -> Optional.of(ready(resource, ready, result));
            case Ending.ExternalReady ready -> Optional.of(externalReady(resource, ready, result));
            case Ending.Pending pending -> Optional.of(pending(resource, pending, result));
            case Ending.Failed failed -> Optional.of(failed(resource, failed.failure(), result));
        };
    }

    private IamServiceAccountStatus ready(IamServiceAccount resource, Ending.Ready ready, ReconcileResult result) {
        List<String> sentences = new ArrayList<>();
        sentences.add(ServiceAccountPlanner.readyMessage(Set.copyOf(kinds(resource, result)), ready.annotated()));
        sentences.addAll(result.role().sentences());
        Condition condition = condition(resource, "Ready", "True", "Ready", String.join("; ", sentences));
        return status(resource, result, List.of(condition));
    }

    private IamServiceAccountStatus externalReady(
            IamServiceAccount resource, Ending.ExternalReady ready, ReconcileResult result) {
        Condition condition = condition(resource, "Ready", "True", "Ready", ready.message());
        return status(resource, result, List.of(condition));
    }

    private IamServiceAccountStatus pending(
            IamServiceAccount resource, Ending.Pending pending, ReconcileResult result) {
        int changes = result.pendingChanges().size();
        List<String> sentences = new ArrayList<>();
        sentences.add(pending.why());
        sentences.add(changes == 0 ? "no changes are pending" : "pending changes: " + changes);
        pending.obstacle().ifPresent(obstacle -> sentences.add(obstacle.reason() + ": " + obstacle.message()));
        sentences.addAll(result.role().sentences());
        Condition condition =
                condition(resource, "Ready", "False", Reason.Suspended.name(), String.join("; ", sentences));
        return status(resource, result, List.of(condition));
    }

    private IamServiceAccountStatus failed(IamServiceAccount resource, Failure failure, ReconcileResult result) {
        List<Condition> all = new ArrayList<>();
        String reason = failure.reason().name();
        all.add(condition(resource, "Ready", "False", reason, failure.message()));
        if (failure.stalled()) {
            all.add(condition(resource, "Stalled", "True", reason, failure.message()));
        } else if (failure.retry() == Retry.SOON) {
            all.add(condition(resource, "Reconciling", "True", reason, failure.message()));
        }
        return status(resource, result, all);
    }

    private static IamServiceAccountStatus status(
            IamServiceAccount resource, ReconcileResult result, List<Condition> all) {
        PreviousStatus previous = PreviousStatus.of(resource);
        Optional<RoleStatus> role = result.role()
                .state()
                .map(state -> role(state, result.policies()))
                .or(previous::role);
        Optional<String> arn = result.role()
                .state()
                .map(state -> state.role().arn())
                .or(previous::roleArn)
                .or(() -> externalRole(previous, result.ending()));
        return new IamServiceAccountStatus(
                resource.getMetadata().getGeneration(),
                arn.orElse(null),
                arn.map(whole -> whole.substring(whole.lastIndexOf('/') + 1)).orElse(null),
                role.orElse(null),
                result.entitlementAfter(previous).orElse(null),
                AdoptionProgress.of(resource, result).orElse(null),
                serviceAccounts(resource, result),
                kinds(resource, result),
                podIdentity(associations(resource, result)),
                result.ending() instanceof Ending.Ready ? result.policies().templates() : previous.policyTemplates(),
                previous.missingRequirements(),
                result.pendingChanges().stream()
                        .limit(IamServiceAccountStatus.MAX_PENDING_CHANGES)
                        .map(PlainText::of)
                        .toList(),
                all);
    }

    private static Optional<String> externalRole(PreviousStatus previous, Ending ending) {
        return ending instanceof Ending.ExternalReady ready ? Optional.of(ready.roleArn()) : previous.externalRole();
    }

    private static List<Delivery> kinds(IamServiceAccount resource, ReconcileResult result) {
        return result.delivery().map(DeliveryReport::kinds).orElseGet(PreviousStatus.of(resource)::delivery);
    }

    private static List<AssociationStatus> associations(IamServiceAccount resource, ReconcileResult result) {
        return result.delivery().map(DeliveryReport::associations).orElseGet(PreviousStatus.of(resource)::associations);
    }

    private static List<ServiceAccountStatus> serviceAccounts(IamServiceAccount resource, ReconcileResult result) {
        return result.delivery()
                .map(DeliveryReport::serviceAccounts)
                .orElseGet(PreviousStatus.of(resource)::serviceAccounts);
    }

    private static @Nullable PodIdentityStatus podIdentity(List<AssociationStatus> associations) {
        return associations.isEmpty() ? null : new PodIdentityStatus(associations);
    }

    private Condition condition(IamServiceAccount resource, String type, String status, String reason, String message) {
        return conditions.of(
                PreviousStatus.of(resource).conditions(),
                resource.getMetadata().getGeneration(),
                type,
                status,
                reason,
                message);
    }

    private static RoleStatus role(RoleState state, PolicyReport policies) {
        TreeMap<String, String> digests = new TreeMap<>();
        policies.writtenDenies().entrySet().stream()
                .limit(RoleStatus.MAX_DENY_POLICIES)
                .forEach(policy -> digests.put(policy.getKey(), policy.getValue()));
        return new RoleStatus(
                state.role().name(),
                state.role().id(),
                digests,
                policies.required().stream()
                        .limit(RoleStatus.MAX_REQUIRED_POLICIES)
                        .toList());
    }
}
