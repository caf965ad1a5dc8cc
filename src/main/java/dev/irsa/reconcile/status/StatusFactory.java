package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.api.v1alpha1.RoleStatus;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.Retry;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.text.PlainText;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a verdict into status. {@code Ready} is always there; {@code Reconciling} and {@code Stalled} are there
 * only when True, as kstatus wants it. Nothing in a message changes from one try to the next, so that a failure
 * that repeats is no write.
 */
public final class StatusFactory {
    private final Conditions conditions;

    public StatusFactory(InstantSource clock) {
        this.conditions = new Conditions(clock);
    }

    /** The status that says how this reconcile ended; empty when the verdict leaves the status alone. */
    public Optional<IamServiceAccountStatus> of(
            IamServiceAccount resource, ReconcileResult verdict, Progress progress) {
        return switch (verdict) {
            case ReconcileResult.Gone gone -> Optional.empty();
            case ReconcileResult.Deferred deferred -> Optional.empty();
            case ReconcileResult.Untouched untouched -> Optional.empty();
            case ReconcileResult.Ready ready -> Optional.of(ready(resource, ready, progress));
            case ReconcileResult.Pending pending -> Optional.of(pending(resource, pending, progress));
            case ReconcileResult.Failed failed -> Optional.of(failed(resource, failed.failure(), progress));
        };
    }

    private IamServiceAccountStatus ready(IamServiceAccount resource, ReconcileResult.Ready ready, Progress progress) {
        List<String> sentences = new ArrayList<>();
        sentences.add(ready.serviceAccount()
                .map(account -> "the role is as specified and ServiceAccount " + account.name() + " points at it")
                .orElse("the role is as specified; the ServiceAccount is yours to annotate"));
        sentences.addAll(progress.remarks());
        Condition condition = condition(resource, "Ready", true, "Ready", String.join("; ", sentences));
        return status(resource, progress, ready.serviceAccount().orElse(null), List.of(condition));
    }

    private IamServiceAccountStatus pending(
            IamServiceAccount resource, ReconcileResult.Pending pending, Progress progress) {
        int changes = progress.pending().size();
        List<String> sentences = new ArrayList<>();
        sentences.add(pending.why());
        sentences.add(changes == 0 ? "nothing is to be changed" : "pending changes: " + changes);
        pending.obstacle().ifPresent(obstacle -> sentences.add(obstacle.reason() + ": " + obstacle.message()));
        sentences.addAll(progress.remarks());
        Condition condition =
                condition(resource, "Ready", false, Reason.Suspended.name(), String.join("; ", sentences));
        return status(resource, progress, previousServiceAccount(resource), List.of(condition));
    }

    private IamServiceAccountStatus failed(IamServiceAccount resource, Failure failure, Progress progress) {
        List<Condition> conditions = new ArrayList<>();
        String reason = failure.reason().name();
        conditions.add(condition(resource, "Ready", false, reason, failure.message()));
        if (failure.stalled()) {
            conditions.add(condition(resource, "Stalled", true, reason, failure.message()));
        } else if (failure.retry() == Retry.SOON) {
            conditions.add(condition(resource, "Reconciling", true, reason, failure.message()));
        }
        return status(resource, progress, previousServiceAccount(resource), conditions);
    }

    private IamServiceAccountStatus status(
            IamServiceAccount resource,
            Progress progress,
            @Nullable ServiceAccountStatus serviceAccount,
            List<Condition> conditions) {
        return new IamServiceAccountStatus(
                resource.getMetadata().getGeneration(),
                progress.role().map(StatusFactory::role).orElse(previousRole(resource)),
                serviceAccount,
                progress.pending().stream()
                        .limit(IamServiceAccountStatus.MAX_PENDING_CHANGES)
                        .map(PlainText::of)
                        .toList(),
                conditions);
    }

    private Condition condition(
            IamServiceAccount resource, String type, boolean status, String reason, String message) {
        return conditions.of(
                previousConditions(resource), resource.getMetadata().getGeneration(), type, status, reason, message);
    }

    private static RoleStatus role(RoleState state) {
        return new RoleStatus(
                state.role().name(), state.role().arn(), state.role().id());
    }

    private static List<Condition> previousConditions(IamServiceAccount resource) {
        IamServiceAccountStatus previous = resource.getStatus();
        return previous == null ? List.of() : previous.conditions();
    }

    private static @Nullable RoleStatus previousRole(IamServiceAccount resource) {
        IamServiceAccountStatus previous = resource.getStatus();
        return previous == null ? null : previous.role();
    }

    private static @Nullable ServiceAccountStatus previousServiceAccount(IamServiceAccount resource) {
        IamServiceAccountStatus previous = resource.getStatus();
        return previous == null ? null : previous.serviceAccount();
    }
}
