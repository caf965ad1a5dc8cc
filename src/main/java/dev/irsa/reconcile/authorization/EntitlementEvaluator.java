package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Requirements;
import dev.irsa.core.entitlement.Entitlement;
import dev.irsa.core.entitlement.EntitlementRequest;
import dev.irsa.core.entitlement.EntitlementResults;
import dev.irsa.core.entitlement.Entitlements;
import dev.irsa.core.entitlement.RequestingNamespace;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.EntitlementSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evaluates requests by the entitlements as last observed, each version of which is parsed once. It does not apply quotas. */
final class EntitlementEvaluator {
    private final EntitlementSource source;
    private final Set<String> audiences;
    private final ParsedVersions<IamEntitlement, Entitlement> parsed = new ParsedVersions<>();

    /** @param audiences the audiences that a resource may name */
    EntitlementEvaluator(EntitlementSource source, Set<String> audiences) {
        this.source = source;
        this.audiences = audiences;
    }

    Entitlements entitlements(AwsAccount account) {
        return new Entitlements(
                parsed.of(
                        source.entitlements(),
                        entitlement ->
                                Entitlement.of(entitlement.getMetadata().getName(), entitlement.getSpec(), account)),
                audiences,
                account.name());
    }

    /** @throws FailureException if the cache does not have the namespace yet */
    EntitlementResults evaluate(String namespace, EntitlementRequest request, AwsAccount account) {
        RequestingNamespace requesting = observed(namespace)
                .orElseThrow(() -> FailureException.reconciling(
                        "namespace " + namespace + " has not been observed yet; no action needed"));
        return entitlements(account).evaluate(requesting, request);
    }

    /** Returns whether any entitlement selects a namespace, which needs no identity. One that the cache does not have may be selected. */
    boolean selects(String namespace) {
        return source.namespaceLabels(namespace)
                .map(labels -> source.entitlements().stream()
                        .anyMatch(entitlement -> entitlement.getSpec().selects(labels)))
                .orElse(true);
    }

    /** Returns whether an entitlement allows the name and the path of a role; empty if the cache does not have the namespace. */
    Optional<Boolean> allows(String namespace, EntitlementRequest.ChosenRole role, AwsAccount account) {
        return observed(namespace).map(requesting -> entitlements(account).allow(requesting, role));
    }

    /** Returns what is required in a namespace; empty if the cache does not have the namespace. */
    Optional<List<Requirements>> requirements(String namespace, Optional<String> allowedBy, AwsAccount account) {
        return observed(namespace).map(requesting -> entitlements(account).requirements(requesting, allowedBy));
    }

    private Optional<RequestingNamespace> observed(String namespace) {
        return source.namespaceLabels(namespace).map(labels -> new RequestingNamespace(namespace, labels));
    }
}
