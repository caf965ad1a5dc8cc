package dev.irsa.core.delivery;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Plans how a role is delivered to the pods of a ServiceAccount, and how a resource moves from one way to the other. A way is
 * added and has propagated before the other is withdrawn, so that pods always have one.
 *
 * <p>As soon as an association exists, new pods use it and ignore the annotation. Running pods keep what they have. Source: the
 * README of amazon-eks-pod-identity-webhook.
 */
public final class DeliveryPlanner {
    /** The annotation by which a user confirms that all pods were restarted. Its value is the generation of the resource. */
    public static final String PODS_RESTARTED = "irsa.dev/pods-restarted";

    private DeliveryPlanner() {}

    /** Returns whether the plan depends on the pods of the ServiceAccount. */
    public static boolean dependsOnPods(
            Desired.Valid desired, Optional<PolicyFingerprint> trust, KnownAssociation association) {
        boolean creates = desired.delivery().uses(Delivery.PodIdentity) && association instanceof KnownAssociation.None;
        boolean withdraws = leavesIrsa(desired, trust);
        boolean returns = !desired.delivery().uses(Delivery.PodIdentity)
                && AssociationPlanner.id(association).isPresent();
        return creates || withdraws || returns;
    }

    /** Returns whether IRSA is being withdrawn. */
    public static boolean leavesIrsa(Desired.Valid desired, Optional<PolicyFingerprint> trust) {
        return !desired.delivery().uses(Delivery.IRSA) && !isReached(desired, trust);
    }

    /** Returns whether pods may still use an association although the spec asks for none. */
    public static boolean mayBeAssociated(Desired.Valid desired, Optional<PolicyFingerprint> trust) {
        DesiredDelivery delivery = desired.delivery();
        return !delivery.uses(Delivery.PodIdentity)
                && !isReached(desired, trust)
                && delivery.terms().eksClusterArn().isPresent()
                && trust.filter(PolicyFingerprint::namesPodIdentity).isPresent();
    }

    /** Returns whether the ServiceAccount is annotated with the role. */
    public static boolean isAnnotated(Desired.Valid desired, ObservedServiceAccount serviceAccount) {
        return ServiceAccountPlanner.isDelivered(desired.role().identity().arn(), serviceAccount);
    }

    /**
     * Decides what to do for the delivery in this reconcile.
     *
     * @param wanted as the spec asks for it
     * @param trust the current trust policy; empty if the role does not exist or is not known
     * @param facts by the name of the ServiceAccount; of each that is wanted
     * @param owner UID of the resource
     */
    public static DeliveryPlan plan(
            Desired.Valid wanted, Optional<PolicyFingerprint> trust, Map<String, DeliveryFacts> facts, String owner) {
        Set<String> needToken = namesThat(
                wanted,
                account -> !wanted.delivery().uses(Delivery.IRSA)
                        && !isReached(wanted, trust)
                        && mayNeedToken(wanted.of(account), of(account, facts), owner));
        Set<String> needAssociation = namesThat(
                wanted,
                account -> !wanted.delivery().uses(Delivery.PodIdentity)
                        && mayNeedAssociation(wanted, trust, of(account, facts)));
        Desired.Valid desired = withCurrentTrust(wanted, !needToken.isEmpty(), !needAssociation.isEmpty());
        // What prevents the delivery to one ServiceAccount does not prevent that to the others.
        Plan steps = desired.serviceAccounts().stream()
                .map(account -> steps(
                        desired.of(account),
                        trust,
                        of(account, facts),
                        owner,
                        needToken.contains(account.name()) || needAssociation.contains(account.name())))
                .reduce(Plan.NOTHING, Plan::and);
        return new DeliveryPlan(trust, desired, steps);
    }

    private static Set<String> namesThat(Desired.Valid wanted, Predicate<DesiredServiceAccount> condition) {
        return wanted.serviceAccounts().stream()
                .filter(condition)
                .map(DesiredServiceAccount::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DeliveryFacts of(DesiredServiceAccount account, Map<String, DeliveryFacts> facts) {
        return Optional.ofNullable(facts.get(account.name())).orElseThrow();
    }

    /**
     * Returns the desired state with the trust policy that the role must have now. It keeps the statement of a way that is
     * being withdrawn for as long as pods of any of the ServiceAccounts may need it.
     */
    private static Desired.Valid withCurrentTrust(Desired.Valid desired, boolean needsToken, boolean needsAssociation) {
        DesiredDelivery delivery = desired.delivery();
        EnumSet<Delivery> statements = EnumSet.copyOf(delivery.kinds());
        if (needsToken) {
            statements.add(Delivery.IRSA);
        }
        if (needsAssociation) {
            statements.add(Delivery.PodIdentity);
        }
        return statements.equals(delivery.kinds())
                ? desired
                : new Desired.Valid(
                        desired.role().withTrust(delivery.trustPolicy(statements)),
                        desired.serviceAccount(),
                        desired.additional(),
                        delivery.admitting(statements));
    }

    private static boolean isReached(Desired.Valid desired, Optional<PolicyFingerprint> trust) {
        return trust.isEmpty() || trust.get().equals(desired.role().trust().fingerprint());
    }

    /** Returns whether a pod may use IRSA, or may start to. Returns true if that is uncertain. */
    private static boolean mayNeedToken(Desired.Valid desired, DeliveryFacts facts, String owner) {
        // Without an association, new pods use an annotation of another owner too, or what the user put into the pod.
        return !AssociationPlanner.isShown(facts.association())
                || !annotate(desired, facts, owner).isEmpty()
                || !facts.havePropagated()
                || !facts.pods().map(pods -> pods.mayUseIrsa() == 0).orElse(facts.podsRestarted());
    }

    private static boolean mayNeedAssociation(
            Desired.Valid desired, Optional<PolicyFingerprint> trust, DeliveryFacts facts) {
        boolean associated = AssociationPlanner.id(facts.association()).isPresent()
                && desired.delivery().terms().eksClusterArn().isPresent();
        return associated || (!facts.havePropagated() && mayBeAssociated(desired, trust));
    }

    /**
     * Returns the steps for one ServiceAccount.
     *
     * @param withdraws whether its pods may need a way that is being withdrawn
     */
    private static Plan steps(
            Desired.Valid desired,
            Optional<PolicyFingerprint> trust,
            DeliveryFacts facts,
            String owner,
            boolean withdraws) {
        Plan annotation = annotate(desired, facts, owner);
        if (!desired.delivery().uses(Delivery.PodIdentity)) {
            return withdraws ? annotation.then(withdrawAssociation(desired, trust, facts, annotation)) : annotation;
        }
        Plan delivered = associate(desired, trust, facts, owner)
                .then(awaitAssociation(facts, annotation))
                .then(annotation);
        return withdraws ? delivered.then(withdrawToken(desired, facts, annotation)) : delivered;
    }

    private static Plan annotate(Desired.Valid desired, DeliveryFacts facts, String owner) {
        return ServiceAccountPlanner.deliver(desired.serviceAccount(), facts.serviceAccount(), owner);
    }

    /** Plans the association. While pods can use IRSA, the trust policy must have admitted it for long enough. */
    private static Plan associate(
            Desired.Valid desired, Optional<PolicyFingerprint> trust, DeliveryFacts facts, String owner) {
        Plan plan = AssociationPlanner.deliver(desired, facts, owner);
        boolean inUse = trust.isPresent() && isAnnotated(desired, facts.serviceAccount());
        boolean admitted = !inUse || (isReached(desired, trust) && facts.havePropagated());
        return admitted || plan.changes().isEmpty()
                ? plan
                : Plan.refused(DeliveryWaits.forEffect("the trust policy", facts));
    }

    /**
     * Waits until the webhook sees the association, before the annotation of a role in use is removed: of this role, or of one that
     * the spec named before.
     */
    private static Plan awaitAssociation(DeliveryFacts facts, Plan annotation) {
        boolean removesAnnotation = annotation.changes().stream()
                .anyMatch(change -> change instanceof AnnotateServiceAccount annotate
                        && annotate.obsolete().contains(DesiredServiceAccount.ROLE_ARN));
        return removesAnnotation && !facts.havePropagated()
                ? Plan.refused(DeliveryWaits.forEffect("the association", facts))
                : Plan.NOTHING;
    }

    /** Waits until the statement for the token can be removed from the trust policy. */
    private static Plan withdrawToken(Desired.Valid desired, DeliveryFacts facts, Plan annotation) {
        boolean annotated = annotation.isEmpty() && facts.havePropagated();
        return Plan.refused(
                annotated
                        ? DeliveryWaits.forPods(desired, facts)
                        : DeliveryWaits.forEffect("the removal of the annotation", facts));
    }

    /** Waits, deletes the association, and waits again until its statement can be removed from the trust policy. */
    private static Plan withdrawAssociation(
            Desired.Valid desired, Optional<PolicyFingerprint> trust, DeliveryFacts facts, Plan annotation) {
        boolean tokenWorks = annotation.isEmpty() && facts.havePropagated() && isReached(desired, trust);
        if (!tokenWorks) {
            boolean deleted = AssociationPlanner.id(facts.association()).isEmpty();
            return Plan.refused(
                    deleted
                            ? DeliveryWaits.forDeletion(Optional.empty(), facts)
                            : DeliveryWaits.forEffect("the change back to IRSA", facts));
        }
        return AssociationPlanner.withdraw(desired.serviceAccount().name(), facts.association())
                .then(Plan.refused(DeliveryWaits.forDeletion(facts.pods(), facts)));
    }
}
