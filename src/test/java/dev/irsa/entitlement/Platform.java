package dev.irsa.entitlement;

import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Desired;
import dev.irsa.desired.Issuer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The entitlements of a cluster, as a platform engineer writes them, asked for the resource payments/invoices. */
final class Platform {
    static final ClusterIdentity CLUSTER = new ClusterIdentity(
            "prod",
            "11111111-2222-3333-4444-555555555555",
            new Issuer("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    private static final String NAMESPACE = "payments";

    private final Map<String, Entitlement> entitlements = new LinkedHashMap<>();

    /** One more, with this spec in YAML. */
    Platform with(String name, String spec) {
        entitlements.put(name, entitlement(name, spec));
        return this;
    }

    /** One that selects every namespace and says this beside. */
    static Platform allowing(String fields) {
        return new Platform().with("team", "{namespaceSelector: {}, " + fields + "}");
    }

    Judgement judge(String spec) {
        return judge(spec, Map.of());
    }

    Judgement judge(String spec, Map<String, String> namespaceLabels) {
        return judge(spec, namespaceLabels, 0);
    }

    /** @param before how many roles of the namespace come before this one */
    Judgement judge(String spec, Map<String, String> namespaceLabels, int before) {
        return of(entitlements.values())
                .on(new Applicant(NAMESPACE, namespaceLabels), request(spec))
                .judge(entitlement -> before);
    }

    /** Why it is denied; empty when it is not. */
    String denial(String spec, Map<String, String> namespaceLabels) {
        return switch (judge(spec, namespaceLabels)) {
            case Judgement.Allowed(var by, var boundary) -> "";
            case Judgement.Denied(String why) -> why;
        };
    }

    static Entitlements of(Collection<Entitlement> entitlements) {
        return new Entitlements(entitlements, Set.of("sts.amazonaws.com", "vault.example.com"));
    }

    static Entitlement entitlement(String name, String spec) {
        return Entitlement.of(
                name, Serialization.unmarshal("---\n" + spec, IamEntitlementSpec.class), CLUSTER.account());
    }

    static Request request(String yaml) {
        IamServiceAccountSpec spec = Serialization.unmarshal("---\n" + yaml, IamServiceAccountSpec.class);
        return switch (Desired.of(NAMESPACE, "invoices", spec, CLUSTER)) {
            case Desired.Wanted(var role, var account) -> Request.of(NAMESPACE, "invoices", spec, role, CLUSTER);
            case Desired.Refused(var failure) -> throw new IllegalArgumentException(failure.message());
        };
    }
}
