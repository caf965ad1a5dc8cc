package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.entitlement.Entitlement;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementEvaluation;
import dev.irsa.core.entitlement.EntitlementRequest;
import dev.irsa.core.entitlement.Entitlements;
import dev.irsa.core.entitlement.RequestingNamespace;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.CoalescingSignal;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.PreviousStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets through what an entitlement allows. */
public final class EntitlementAuthorizer {
    private final EntitlementSource limits;
    private final RoleQuotaAllocator ledger;
    private final Set<String> audiences;
    private volatile Map<Version, Entitlement> read = Map.of();

    /** One state of an entitlement. */
    private record Version(String uid, long generation) {}

    /**
     * Lets through what these limits allow.
     *
     * @param audiences those that a resource may name
     * @param news is given when an entitlement serves others than before
     * @param wake has a resource reconciled for which there may be a place now
     */
    public EntitlementAuthorizer(
            EntitlementSource limits, Set<String> audiences, CoalescingSignal news, Consumer<ResourceRef> wake) {
        this.limits = limits;
        this.audiences = audiences;
        this.ledger = new RoleQuotaAllocator(news::signal, wake);
    }

    /**
     * The role as it may be: with the boundary that its entitlement gives to it.
     *
     * @throws FailureException when no entitlement allows what the resource asks for
     */
    public DesiredRole within(IamServiceAccount resource, DesiredRole role, ClusterIdentity identity) {
        ResourceRef ref = PreviousStatus.ref(resource);
        RequestingNamespace applicant = limits.namespaceLabels(ref.namespace())
                .map(labels -> new RequestingNamespace(ref.namespace(), labels))
                .orElseThrow(() -> new FailureException(new Failure.Passing(
                        Reason.Reconciling, "namespace " + ref.namespace() + " has not been seen yet")));
        EntitlementRequest request =
                EntitlementRequest.of(ref.namespace(), ref.name(), resource.getSpec(), role, identity);
        // Before the ledger is asked, as it judges one at a time.
        EntitlementEvaluation opinions = entitlements(identity.account()).on(applicant, request);
        EntitlementDecision judgement =
                ledger.judge(resource, () -> limits.resources(ref.namespace()), opinions::judge);
        return switch (judgement) {
            case EntitlementDecision.Allowed(var by, var boundary) -> role.boundedBy(boundary);
            case EntitlementDecision.Denied(String why) -> throw new FailureException(new Failure.NotEntitled(why));
        };
    }

    /** A resource that asks for what can never be. */
    public void deny(ResourceRef resource) {
        ledger.deny(resource);
    }

    /** The resource has gone. */
    public void forget(String uid) {
        ledger.forget(uid);
    }

    /** Whether each of these has been judged since the start. */
    public boolean haveJudged(Stream<IamServiceAccount> resources) {
        return ledger.hasAll(
                resources.map(resource -> resource.getMetadata().getUid()).collect(Collectors.toSet()));
    }

    /** How many resources each entitlement serves. */
    public Map<String, Integer> served() {
        return ledger.served();
    }

    /** The entitlements as last seen; each state of each is made ready once. */
    public Entitlements entitlements(AwsAccount account) {
        Map<Version, Entitlement> before = read;
        Map<Version, Entitlement> now = new HashMap<>();
        for (IamEntitlement entitlement : limits.entitlements()) {
            var metadata = entitlement.getMetadata();
            Version version = new Version(metadata.getUid(), metadata.getGeneration());
            Entitlement ready = before.get(version);
            now.put(
                    version,
                    ready == null ? Entitlement.of(metadata.getName(), entitlement.getSpec(), account) : ready);
        }
        read = now;
        return new Entitlements(now.values(), audiences);
    }
}
