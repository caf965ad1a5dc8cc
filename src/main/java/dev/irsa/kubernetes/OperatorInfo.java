package dev.irsa.kubernetes;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.policy.Glob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operator publishes about itself, beside the identity of its cluster.
 *
 * @param version of the operator
 * @param audiences that resources may use
 * @param namespaces that the operator watches; empty: all
 * @param dryRun whether the operator writes only status and events
 * @param assumesAgent whether the operator assumes that the nodes run the EKS Pod Identity Agent
 */
public record OperatorInfo(
        String version, Set<String> audiences, Set<String> namespaces, boolean dryRun, boolean assumesAgent) {
    static final String ASSUME = "assume";

    public OperatorInfo {
        audiences = Set.copyOf(audiences);
        namespaces = Set.copyOf(namespaces);
    }

    /** Returns the data of the ConfigMap for this cluster. */
    public Map<String, String> data(ClusterIdentity cluster) {
        return Map.of(OperatorInfoWriter.KEY, json(cluster));
    }

    /** Returns the JSON document for this cluster. Its keys are in a fixed order, so that equal settings have equal documents. */
    String json(ClusterIdentity cluster) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version);
        fields.put("clusterName", cluster.name());
        fields.put("clusterId", cluster.id());
        fields.put("oidcIssuer", cluster.issuer().url());
        fields.put("oidcProvider", cluster.oidcProvider());
        fields.put("awsPartition", cluster.account().partition());
        fields.put("awsAccount", cluster.account().id());
        fields.put("operatorRole", cluster.account().operatorRole());
        fields.put("managedPoliciesPerRole", cluster.account().managedPoliciesPerRole());
        fields.put("rolePath", cluster.rolePath());
        fields.put("adoptionPaths", cluster.adoption().paths());
        fields.put("adoptionRoles", cluster.adoption().roleTexts());
        fields.put("previousClusterIds", cluster.previousClusters().clusterIds());
        fields.put("previousIssuers", cluster.previousClusters().issuers());
        fields.put("roleTags", cluster.roleTags().tags());
        fields.put(
                "protectedPolicies",
                cluster.protectedPolicies().configured().stream()
                        .map(Glob::pattern)
                        .sorted()
                        .toList());
        fields.put("defaultDelivery", new TreeSet<>(cluster.delivery().defaultDelivery()));
        fields.put("eksClusterArn", cluster.delivery().eksClusterArn().orElse(""));
        fields.put("trustPolicyQuota", cluster.delivery().trustPolicyQuota());
        fields.put("audiences", new TreeSet<>(audiences));
        fields.put("watchNamespaces", new TreeSet<>(namespaces));
        fields.put("dryRun", dryRun);
        fields.put("podIdentityAgent", assumesAgent ? ASSUME : "detect");
        return Serialization.asJson(fields);
    }
}
