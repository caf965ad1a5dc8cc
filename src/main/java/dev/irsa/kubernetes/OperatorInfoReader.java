package dev.irsa.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.port.OperatorSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parses the document that {@link OperatorInfoWriter} writes. */
public final class OperatorInfoReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NO_SETTINGS = "it is not the value of the key " + OperatorInfoWriter.KEY;

    private OperatorInfoReader() {}

    /**
     * Returns the settings in the data of the ConfigMap.
     *
     * @return empty if the operator has not written them yet
     * @throws IllegalArgumentException if this version cannot read them
     */
    public static Optional<OperatorSettings> of(Map<String, String> data) {
        String document = data.getOrDefault(OperatorInfoWriter.KEY, "");
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
                text(document, "podIdentityAgent").equals(OperatorInfo.ASSUME));
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
            throw new IllegalArgumentException("the key " + OperatorInfoWriter.KEY + " has no field " + name
                    + "; the operator has another version than this command");
        }
        return field;
    }
}
