package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.DesiredRole;
import dev.irsa.entitlement.Applicant;
import dev.irsa.entitlement.Entitlement;
import dev.irsa.entitlement.Entitlements;
import dev.irsa.entitlement.Judgement;
import dev.irsa.entitlement.Opinions;
import dev.irsa.entitlement.Request;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.port.Limits;
import dev.irsa.port.ResourceRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets through what an entitlement allows. */
public final class Guardrails {
    private final Limits limits;
    private final Ledger ledger;
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
    public Guardrails(Limits limits, Set<String> audiences, Signal news, Consumer<ResourceRef> wake) {
        this.limits = limits;
        this.audiences = audiences;
        this.ledger = new Ledger(news::give, wake);
    }

    /**
     * The role as it may be: with the boundary that its entitlement gives to it.
     *
     * @throws FailureException when no entitlement allows what the resource asks for
     */
    DesiredRole within(IamServiceAccount resource, DesiredRole role, ClusterIdentity identity) {
        ResourceRef ref = Subject.ref(resource);
        Applicant applicant = limits.namespaceLabels(ref.namespace())
                .map(labels -> new Applicant(ref.namespace(), labels))
                .orElseThrow(() -> new FailureException(new Failure.Passing(
                        Reason.Reconciling, "namespace " + ref.namespace() + " has not been seen yet")));
        Request request = Request.of(ref.namespace(), ref.name(), resource.getSpec(), role, identity);
        // Before the ledger is asked, as it judges one at a time.
        Opinions opinions = entitlements(identity.account()).on(applicant, request);
        Judgement judgement = ledger.judge(resource, () -> limits.resources(ref.namespace()), opinions::judge);
        return switch (judgement) {
            case Judgement.Allowed(var by, var boundary) -> role.boundedBy(boundary);
            case Judgement.Denied(String why) -> throw new FailureException(new Failure.NotEntitled(why));
        };
    }

    /** A resource that asks for what can never be. */
    void deny(ResourceRef resource) {
        ledger.deny(resource);
    }

    /** The resource has gone. */
    void forget(String uid) {
        ledger.forget(uid);
    }

    /** Whether each of these has been judged since the start. */
    boolean haveJudged(Stream<IamServiceAccount> resources) {
        return ledger.hasAll(
                resources.map(resource -> resource.getMetadata().getUid()).collect(Collectors.toSet()));
    }

    /** How many resources each entitlement serves. */
    Map<String, Integer> served() {
        return ledger.served();
    }

    /** The entitlements as last seen; each state of each is made ready once. */
    Entitlements entitlements(AwsAccount account) {
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
