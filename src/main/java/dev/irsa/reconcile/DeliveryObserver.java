package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.AssociationStatus;
import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.delivery.DeliveryFacts;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.core.delivery.DeliveryStage;
import dev.irsa.core.delivery.KnownAssociation;
import dev.irsa.core.delivery.PodIdentitySupport;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.status.DeliveryReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Observes how pods obtain the credentials of a role, with as few calls as possible, and decides what follows. */
final class DeliveryObserver {
    private final DeliveryPlanner planner;
    private final Cluster cluster;
    private final AssociationWriter associations;
    private final Supplier<PodIdentitySupport> support;
    private final InstantSource clock;

    DeliveryObserver(
            DeliveryPlanner planner,
            Cluster cluster,
            AssociationWriter associations,
            Supplier<PodIdentitySupport> support,
            InstantSource clock) {
        this.planner = planner;
        this.cluster = cluster;
        this.associations = associations;
        this.support = support;
        this.clock = clock;
    }

    /**
     * Returns how far the delivery may go, as far as is known without a call to AWS.
     *
     * @param trust the current trust policy; empty if the role does not exist or is not known
     */
    DeliveryStage known(
            ReconcileRequest request,
            Desired.Valid wanted,
            Optional<PolicyFingerprint> trust,
            CachedRoleState state) {
        return planner.stage(
                wanted, trust, facts(request, wanted, trust, state), request.ref().uid());
    }

    /** Returns how far the delivery may go, after reading the association if that may change the plan. */
    DeliveryStage observe(
            ReconcileRequest request,
            Desired.Valid wanted,
            Optional<PolicyFingerprint> trust,
            CachedRoleState state) {
        refresh(request, wanted, state);
        return known(request, wanted, trust, state);
    }

    private DeliveryFacts facts(
            ReconcileRequest request,
            Desired.Valid desired,
            Optional<PolicyFingerprint> trust,
            CachedRoleState state) {
        KnownAssociation association = association(request, state);
        boolean pods = DeliveryPlanner.dependsOnPods(desired, trust, association);
        String serviceAccount = desired.serviceAccount().name();
        return new DeliveryFacts(
                cluster.serviceAccount(request.ref().namespace(), serviceAccount),
                association,
                state.delivery()
                        .spreading(
                                state.history().workingSince(), state.history().window(), clock.instant()),
                pods ? pods(request, serviceAccount) : Optional.of(PodUse.NONE),
                isRestarted(request),
                support.get());
    }

    private void refresh(ReconcileRequest request, Desired.Valid desired, CachedRoleState state) {
        if (!desired.delivery().uses(Delivery.PodIdentity)) {
            return;
        }
        String serviceAccount = desired.serviceAccount().name();
        switch (association(request, state)) {
            case KnownAssociation.Ours(var ours, boolean shown) when !shown -> {
                boolean found = associations
                        .find(request.ref().namespace(), serviceAccount)
                        .filter(ours.id()::equals)
                        .isPresent();
                state.deliver(before -> before.with(new KnownAssociation.Ours(ours, found)));
            }
            case KnownAssociation.Foreign foreign ->
                state.deliver(before -> before.with(associations
                        .read(foreign.id(), serviceAccount, desired.role().identity().owner())
                        .orElse(new KnownAssociation.None())));
            default -> {}
        }
    }

    /** Returns whether the next step calls EKS. */
    boolean callsEks(ReconcileRequest request, Desired.Valid desired, CachedRoleState state) {
        KnownAssociation association = association(request, state);
        boolean delivered = association instanceof KnownAssociation.Recorded
                || (association instanceof KnownAssociation.Ours(var ours, boolean shown)
                        && shown
                        && ours.roleArn().equals(desired.role().identity().arn()));
        return desired.delivery().uses(Delivery.PodIdentity)
                ? !delivered
                : association instanceof KnownAssociation.Ours || association instanceof KnownAssociation.Recorded;
    }

    /** Returns what the status says about the delivery. */
    DeliveryReport report(ReconcileRequest request, Desired.Valid desired, CachedRoleState state) {
        String serviceAccount = desired.serviceAccount().name();
        List<AssociationStatus> associations =
                switch (association(request, state)) {
                    case KnownAssociation.Recorded(String id, String arn) ->
                        List.of(new AssociationStatus(serviceAccount, id, arn));
                    case KnownAssociation.Ours(var ours, var shown) ->
                        List.of(new AssociationStatus(serviceAccount, ours.id(), ours.arn()));
                    case KnownAssociation.None none -> List.of();
                    case KnownAssociation.Foreign foreign -> List.of();
                };
        return new DeliveryReport(List.copyOf(desired.delivery().kinds()), associations);
    }

    /** Returns what is known of the association: by this process, or by the status. */
    KnownAssociation association(ReconcileRequest request, CachedRoleState state) {
        return state.delivery()
                .association()
                .orElseGet(() -> request.previous()
                        .association()
                        .<KnownAssociation>map(
                                recorded -> new KnownAssociation.Recorded(recorded.id(), recorded.arn()))
                        .orElseGet(KnownAssociation.None::new));
    }

    private Optional<PodUse> pods(ReconcileRequest request, String serviceAccount) {
        try {
            return Optional.of(cluster.pods(request.ref().namespace(), serviceAccount));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isRestarted(ReconcileRequest request) {
        var metadata = request.resource().getMetadata();
        return metadata.getAnnotations() != null
                && metadata.getGeneration()
                        .toString()
                        .equals(metadata.getAnnotations().get(DeliveryPlanner.PODS_RESTARTED));
    }
}
