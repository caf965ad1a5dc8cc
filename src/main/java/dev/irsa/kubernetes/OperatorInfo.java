package dev.irsa.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.text.Documentation;
import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes and reads the document in which the operator publishes its settings. */
public final class OperatorInfo {
    /** The key of the JSON document in the ConfigMap. */
    static final String KEY = "operator.json";

    private static final String ASSUME = "assume";
    private static final String NO_SETTINGS = "it is not the value of the key " + KEY;
    private static final ObjectMapper JSON = new ObjectMapper();

    private OperatorInfo() {}

    /** Returns the data of the ConfigMap. */
    public static Map<String, String> data(OperatorSettings settings) {
        return Map.of(KEY, document(settings));
    }

    /** Returns the document. Its keys are in a fixed order, so that equal settings have equal documents. */
    public static String document(OperatorSettings settings) {
        ClusterIdentity cluster = settings.identity();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", settings.version());
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
        fields.put("audiences", new TreeSet<>(settings.audiences()));
        fields.put("watchNamespaces", new TreeSet<>(settings.namespaces()));
        fields.put("dryRun", settings.dryRun());
        fields.put("podIdentityAgent", settings.assumesAgent() ? ASSUME : "detect");
        fields.put("documentationUrl", settings.documentation().address());
        return Serialization.asJson(fields);
    }

    /**
     * Returns the settings in the data of the ConfigMap.
     *
     * @return empty if the operator has not written them yet
     * @throws IllegalArgumentException if this version cannot read them
     */
    public static Optional<OperatorSettings> read(Map<String, String> data) {
        String document = data.getOrDefault(KEY, "");
        if (document.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode settings = JSON.readTree(document);
            if (!settings.isObject() || settings.has("kind")) {
                throw new IllegalArgumentException(NO_SETTINGS);
            }
            return Optional.of(settings(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(NO_SETTINGS, e);
        }
    }

    private static OperatorSettings settings(JsonNode document) {
        return new OperatorSettings(
                text(document, "version"),
                identity(document),
                texts(document, "audiences"),
                texts(document, "watchNamespaces"),
                field(document, "dryRun").asBoolean(),
                text(document, "podIdentityAgent").equals(ASSUME),
                new Documentation(text(document, "documentationUrl")));
    }

    private static ClusterIdentity identity(JsonNode document) {
        Map<String, String> roleTags = value(document, "roleTags", new TypeReference<Map<String, String>>() {});
        return new ClusterIdentity(
                text(document, "clusterName"),
                text(document, "clusterId"),
                new Issuer(text(document, "oidcIssuer")),
                new AwsAccount(
                        text(document, "awsPartition"),
                        text(document, "awsAccount"),
                        text(document, "operatorRole"),
                        field(document, "managedPoliciesPerRole").asInt()),
                text(document, "oidcProvider"),
                text(document, "rolePath"),
                AdoptionScope.of(texts(document, "adoptionPaths"), texts(document, "adoptionRoles")),
                new PreviousClusters(texts(document, "previousClusterIds"), texts(document, "previousIssuers")),
                new ConfiguredRoleTags(new TreeMap<>(roleTags)),
                ProtectedPolicies.of(texts(document, "protectedPolicies")),
                new DeliverySettings(
                        value(document, "defaultDelivery", new TypeReference<Set<Delivery>>() {}),
                        Optional.of(text(document, "eksClusterArn")).filter(arn -> !arn.isEmpty()),
                        field(document, "trustPolicyQuota").asInt()));
    }

    private static Set<String> texts(JsonNode document, String name) {
        return new TreeSet<>(value(document, name, new TypeReference<Set<String>>() {}));
    }

    private static <T> T value(JsonNode document, String name, TypeReference<T> type) {
        JsonNode field = field(document, name);
        try {
            return JSON.convertValue(field, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the field " + name + " has a value that this version does not know: " + field, e);
        }
    }

    private static String text(JsonNode document, String name) {
        return field(document, name).asText();
    }

    private static JsonNode field(JsonNode document, String name) {
        JsonNode field = document.get(name);
        if (field == null) {
            throw new IllegalArgumentException("the key " + KEY + " has no field " + name
                    + "; the operator has another version than this command");
        }
        return field;
    }
}
