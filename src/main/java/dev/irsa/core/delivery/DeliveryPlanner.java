package dev.irsa.core.delivery;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
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
            Desired.Valid desired, Optional<PolicyFingerprint> trust, AssociationState association) {
        boolean creates = desired.delivery().uses(Delivery.PodIdentity) && association instanceof AssociationState.None;
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
                wanted, account -> steps(wanted, account, trust, facts, owner).mayNeedToken());
        Set<String> needAssociation = namesThat(
                wanted, account -> steps(wanted, account, trust, facts, owner).mayNeedAssociation());
        Desired.Valid desired = withCurrentTrust(wanted, !needToken.isEmpty(), !needAssociation.isEmpty());
        // What prevents the delivery to one ServiceAccount does not prevent that to the others.
        Plan steps = desired.serviceAccounts().stream()
                .map(account -> steps(desired, account, trust, facts, owner)
                        .plan(needToken.contains(account.name()) || needAssociation.contains(account.name())))
                .reduce(Plan.NOTHING, Plan::and);
        return new DeliveryPlan(trust, desired, steps);
    }

    private static Set<String> namesThat(Desired.Valid wanted, Predicate<DesiredServiceAccount> condition) {
        return wanted.serviceAccounts().stream()
                .filter(condition)
                .map(DesiredServiceAccount::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DeliverySteps steps(
            Desired.Valid desired,
            DesiredServiceAccount account,
            Optional<PolicyFingerprint> trust,
            Map<String, DeliveryFacts> facts,
            String owner) {
        DeliveryFacts known = Optional.ofNullable(facts.get(account.name())).orElseThrow();
        return new DeliverySteps(desired.onlyFor(account), trust, known, owner);
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
                        desired.serviceAccounts(),
                        delivery.admitting(statements));
    }

    static boolean isReached(Desired.Valid desired, Optional<PolicyFingerprint> trust) {
        return trust.isEmpty() || trust.get().equals(desired.role().trust().fingerprint());
    }
}
