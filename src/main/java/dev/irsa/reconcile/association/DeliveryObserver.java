package dev.irsa.reconcile.association;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.delivery.AssociationOwnershipCheck;
import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.DeliveryFacts;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.core.delivery.KnownAssociation;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.Cluster;
import dev.irsa.reconcile.memory.AssociationSighting;
import dev.irsa.reconcile.memory.DeliveryHistory;
import dev.irsa.reconcile.memory.DeliveryState;
import dev.irsa.reconcile.memory.ResourceState;
import dev.irsa.reconcile.run.ReconcileRequest;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Observes how pods obtain the credentials of a role, with as few calls as possible, and asks the planner what to do next. */
public final class DeliveryObserver {
    private final DeliveryPlanner planner;
    private final Cluster cluster;
    private final AssociationObserver associations;
    private final Supplier<PodIdentityAvailability> availability;
    private final InstantSource clock;

    public DeliveryObserver(
            DeliveryPlanner planner,
            Cluster cluster,
            AssociationObserver associations,
            Supplier<PodIdentityAvailability> availability,
            InstantSource clock) {
        this.planner = planner;
        this.cluster = cluster;
        this.associations = associations;
        this.availability = availability;
        this.clock = clock;
    }

    /** Brings what is known up to date with the status, and with what a sweep has seen. */
    public void refresh(ReconcileRequest request, Desired.Valid desired, ResourceState state) {
        recallAdditional(request.previous(), state);
        List<AssociationSighting> sightings = state.delivery().take();
        desired.serviceAccounts().forEach(account -> refresh(request, desired.of(account), sightings, state));
    }

    /** Learns from the status for which additional ServiceAccounts an earlier process may have changed anything. */
    public static void recallAdditional(PreviousStatus previous, ResourceState state) {
        previous.additional().forEach(recorded -> {
            EnumSet<Delivery> ways = EnumSet.noneOf(Delivery.class);
            ways.addAll(recorded.delivery());
            state.delivery().update(before -> before.withAdditional(recorded.name(), ways));
        });
    }

    private static void refresh(
            ReconcileRequest request, Desired.Valid desired, List<AssociationSighting> sightings, ResourceState state) {
        DeliveryState delivery = state.delivery();
        String serviceAccount = desired.serviceAccount().name();
        if (delivery.history().association(serviceAccount).isEmpty()) {
            recorded(request.previous(), desired)
                    .ifPresent(known -> delivery.update(before -> before.with(serviceAccount, known)));
        }
        sightings.stream()
                .filter(sighting -> isNews(sighting, desired, state))
                .map(sighting -> known(sighting.shown(), desired))
                .forEach(seen -> delivery.update(before -> before.with(serviceAccount, seen)));
    }

    /** Returns what the resource shows of its association; empty if it has to be read. */
    private static Optional<KnownAssociation> recorded(PreviousStatus previous, Desired.Valid desired) {
        return AssociationObserver.recorded(previous, desired.serviceAccount().name())
                .or(() -> previous.usedIrsaAlone() && !desired.delivery().uses(Delivery.PodIdentity)
                        ? Optional.of(new KnownAssociation.None())
                        : Optional.empty());
    }

    /** A list that was read shortly after a change of ours, or of an earlier process, may be stale. */
    private static boolean isNews(AssociationSighting sighting, Desired.Valid desired, ResourceState state) {
        DeliveryHistory history = state.delivery().history();
        boolean known = history.association(desired.serviceAccount().name())
                .flatMap(AssociationPlanner::id)
                .equals(Optional.of(sighting.id()));
        boolean propagated =
                history.propagating(state.history(), sighting.asked()).isZero();
        // On the way back to IRSA, the reconcile itself reads which association there is.
        return known && propagated && desired.delivery().uses(Delivery.PodIdentity);
    }

    private static KnownAssociation known(Optional<ObservedAssociation> shown, Desired.Valid desired) {
        return shown.map(association -> AssociationOwnershipCheck.of(
                        association,
                        desired.serviceAccount().name(),
                        desired.role().identity().owner()))
                .orElseGet(KnownAssociation.None::new);
    }

    /**
     * Returns what to do for the delivery, as far as is known without a call to AWS.
     *
     * @param trust the current trust policy; empty if the role does not exist or is not known
     */
    public DeliveryPlan known(
            ReconcileRequest request, Desired.Valid wanted, Optional<PolicyFingerprint> trust, ResourceState state) {
        return plan(request, wanted, trust, clock.instant(), state);
    }

    /**
     * Returns what to do for the delivery, after reading the association if that may change the plan.
     *
     * @param known the plan as far as it is known without a call to AWS
     */
    public DeliveryPlan observe(
            ReconcileRequest request,
            Desired.Valid wanted,
            DeliveryPlan known,
            Optional<PolicyFingerprint> trust,
            ResourceState state) {
        Instant now = clock.instant();
        if (AssociationObserver.isAnyReadDue(wanted, trust, now, state)) {
            wanted.serviceAccounts().stream()
                    .map(wanted::of)
                    .filter(one -> AssociationObserver.isReadDue(one, trust, now, state))
                    .forEach(one -> associations.read(request.ref().namespace(), one, now, state));
        } else if (trust.equals(known.trust())) {
            // Another plan would list the pods again.
            return known;
        }
        return plan(request, wanted, trust, now, state);
    }

    private DeliveryPlan plan(
            ReconcileRequest request,
            Desired.Valid wanted,
            Optional<PolicyFingerprint> trust,
            Instant now,
            ResourceState state) {
        TreeMap<String, DeliveryFacts> facts = new TreeMap<>();
        wanted.serviceAccounts()
                .forEach(account -> facts.put(account.name(), facts(request, wanted.of(account), trust, now, state)));
        return planner.plan(wanted, trust, facts, request.ref().uid());
    }

    /** Returns whether a ServiceAccount is annotated with the role. */
    public boolean isAnyAnnotated(ReconcileRequest request, Desired.Valid wanted) {
        return wanted.serviceAccounts().stream()
                .anyMatch(account -> planner.isAnnotated(
                        wanted, cluster.serviceAccount(request.ref().namespace(), account.name())));
    }

    /** Returns whether the next step calls EKS. */
    public boolean callsEks(DeliveryPlan plan, Optional<PolicyFingerprint> trust, ResourceState state) {
        return plan.steps().changes().stream().anyMatch(AssociationChange.class::isInstance)
                || AssociationObserver.isAnyReadDue(plan.desired(), trust, clock.instant(), state)
                || state.delivery().history().mayCallEks(plan.desired());
    }

    private DeliveryFacts facts(
            ReconcileRequest request,
            Desired.Valid desired,
            Optional<PolicyFingerprint> trust,
            Instant now,
            ResourceState state) {
        String serviceAccount = desired.serviceAccount().name();
        KnownAssociation association = AssociationObserver.association(serviceAccount, state);
        boolean pods = DeliveryPlanner.dependsOnPods(desired, trust, association);
        return new DeliveryFacts(
                cluster.serviceAccount(request.ref().namespace(), serviceAccount),
                association,
                state.delivery().history().propagating(state.history(), now),
                pods ? pods(request, serviceAccount) : Optional.of(PodUse.NONE),
                isRestarted(request),
                creates(desired, association) ? availability.get() : new PodIdentityAvailability.Available());
    }

    private static boolean creates(Desired.Valid desired, KnownAssociation association) {
        return desired.delivery().uses(Delivery.PodIdentity) && association instanceof KnownAssociation.None;
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
