package dev.irsa.reconcile.association;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.delivery.DeliveryFacts;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.ClusterReads;
import dev.irsa.reconcile.memory.AssociationSighting;
import dev.irsa.reconcile.memory.DeliveryHistory;
import dev.irsa.reconcile.memory.DeliveryMemory;
import dev.irsa.reconcile.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Observes how pods obtain the credentials of a role, with as few calls as possible, and asks the planner what to do next. */
public record DeliveryObserver(
        ClusterReads cluster,
        AssociationObserver associations,
        Supplier<PodIdentityAvailability> availability,
        InstantSource clock) {
    /** Brings what is known up to date with the status, and with what a sweep has seen. */
    public void refresh(Run run, Desired.Valid desired) {
        DeliveryProgress.recall(run);
        Set<String> named = Stream.concat(
                        Desired.serviceAccountNames(
                                run.ref().name(), run.resource().getSpec())
                                .stream(),
                        run.previous().associations().stream().map(AssociationStatus::serviceAccount))
                .collect(Collectors.toSet());
        run.delivery().update(before -> before.withoutMissing(named));
        List<AssociationSighting> sightings = run.delivery().take();
        desired.serviceAccounts().forEach(account -> refresh(run, desired.onlyFor(account), sightings));
    }

    private static void refresh(Run run, Desired.Valid desired, List<AssociationSighting> sightings) {
        DeliveryMemory delivery = run.delivery();
        String serviceAccount = desired.serviceAccount().name();
        if (delivery.history().association(serviceAccount).isEmpty()) {
            AssociationObserver.recorded(run.previous(), serviceAccount)
                    .ifPresent(known -> delivery.update(before -> before.with(serviceAccount, known)));
        }
        sightings.stream()
                .filter(sighting -> isNews(sighting, desired, run))
                .map(sighting -> known(sighting.shown(), desired))
                .forEach(seen -> delivery.update(before -> before.with(serviceAccount, seen)));
    }

    /** A list that was read shortly after a change of ours, or of an earlier process, may be stale. */
    private static boolean isNews(AssociationSighting sighting, Desired.Valid desired, Run run) {
        DeliveryHistory history = run.delivery().history();
        boolean known = history.association(desired.serviceAccount().name())
                .flatMap(AssociationPlanner::id)
                .equals(Optional.of(sighting.id()));
        boolean propagated =
                history.propagating(run.role().history(), sighting.asked()).isZero();
        // On the way back to IRSA, the reconcile itself reads which association there is.
        return known && propagated && desired.delivery().uses(Delivery.PodIdentity);
    }

    private static AssociationState known(Optional<ObservedAssociation> shown, Desired.Valid desired) {
        return shown.map(association -> AssociationState.of(
                        association,
                        desired.serviceAccount().name(),
                        desired.role().identity().owner()))
                .orElseGet(AssociationState.None::new);
    }

    /** Returns what to do for the delivery, as far as is known without a call to AWS. */
    public DeliveryPlan predict(Run run, Desired.Valid wanted) {
        return plan(run, wanted, run.role().known().role().map(RoleState::trust), clock.instant());
    }

    /**
     * Returns what to do for the delivery, after reading the association if that may change the plan.
     *
     * @param predicted the plan as far as it is known without a call to AWS
     */
    public DeliveryPlan observe(
            Run run, Desired.Valid wanted, DeliveryPlan predicted, Optional<PolicyFingerprint> trust) {
        Instant now = clock.instant();
        if (AssociationObserver.isAnyReadDue(wanted, trust, now, run)) {
            wanted.serviceAccounts().stream()
                    .map(wanted::onlyFor)
                    .filter(one -> AssociationObserver.isReadDue(one, trust, now, run))
                    .forEach(one -> associations.read(run.ref().namespace(), one, now, run));
        } else if (trust.equals(predicted.trust())) {
            // Another plan would list the pods again.
            return predicted;
        }
        return plan(run, wanted, trust, now);
    }

    private DeliveryPlan plan(Run run, Desired.Valid wanted, Optional<PolicyFingerprint> trust, Instant now) {
        TreeMap<String, DeliveryFacts> facts = new TreeMap<>();
        wanted.serviceAccounts()
                .forEach(account -> facts.put(account.name(), facts(run, wanted.onlyFor(account), trust, now)));
        return DeliveryPlanner.plan(wanted, trust, facts, run.ref().uid());
    }

    /** Returns whether a ServiceAccount is annotated with the role. */
    public boolean isAnyAnnotated(Run run, Desired.Valid wanted) {
        return wanted.serviceAccounts().stream()
                .anyMatch(account -> DeliveryPlanner.isAnnotated(
                        wanted, cluster.serviceAccount(run.ref().namespace(), account.name())));
    }

    /** Returns whether the next step calls EKS. */
    public boolean callsEks(DeliveryPlan plan, Run run) {
        Optional<PolicyFingerprint> trust = run.role().known().role().map(RoleState::trust);
        return plan.steps().changes().stream().anyMatch(AssociationChange.class::isInstance)
                || AssociationObserver.isAnyReadDue(plan.desired(), trust, clock.instant(), run)
                || run.delivery().history().mayCallEks(plan.desired());
    }

    private DeliveryFacts facts(Run run, Desired.Valid desired, Optional<PolicyFingerprint> trust, Instant now) {
        String serviceAccount = desired.serviceAccount().name();
        AssociationState association = AssociationObserver.association(serviceAccount, run);
        boolean pods = DeliveryPlanner.dependsOnPods(desired, trust, association);
        return new DeliveryFacts(
                cluster.serviceAccount(run.ref().namespace(), serviceAccount),
                association,
                run.delivery().history().propagating(run.role().history(), now),
                pods ? pods(run, serviceAccount) : Optional.of(PodUse.NONE),
                isRestarted(run),
                creates(desired, association) ? availability.get() : new PodIdentityAvailability.Available());
    }

    private static boolean creates(Desired.Valid desired, AssociationState association) {
        return desired.delivery().uses(Delivery.PodIdentity) && association instanceof AssociationState.None;
    }

    private Optional<PodUse> pods(Run run, String serviceAccount) {
        try {
            return Optional.of(cluster.pods(run.ref().namespace(), serviceAccount));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isRestarted(Run run) {
        var metadata = run.resource().getMetadata();
        return metadata.getAnnotations() != null
                && metadata.getGeneration()
                        .toString()
                        .equals(metadata.getAnnotations().get(DeliveryPlanner.PODS_RESTARTED));
    }
}
