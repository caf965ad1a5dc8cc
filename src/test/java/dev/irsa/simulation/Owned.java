package dev.irsa.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.fake.RoleRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whose a role is and what it is, read from IAM alone. */
final class Owned {
    static final String FINALIZER = "irsa.dev/role";
    static final String POINTER = "eks.amazonaws.com/role-arn";

    /** The first half of the SHA-256 of each issuer. */
    private static final Map<String, String> ISSUER_TAGS = Map.of(
            "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC", "1709002f194101092951e7cdb38fd052",
            "https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER", "aa926105f34601343129bcde2b31da60");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Owned() {}

    static String arn(Realm realm, Thing thing) {
        return "arn:aws:iam::111122223333:role" + realm.identity().rolePath() + realm.roleName(thing);
    }

    /** Whether its tags say that it is that resource's. */
    static boolean isOurs(Realm realm, Thing thing, RoleRecord role) {
        ClusterIdentity cluster = realm.identity();
        return isOf(cluster.id(), cluster.issuer().url(), realm, thing, role.tags());
    }

    private static boolean isOf(String id, String issuer, Realm realm, Thing thing, Map<String, String> tags) {
        return thing.key().equals(tags.get("irsa.dev/resource"))
                && realm.identity().name().equals(tags.get("irsa.dev/cluster"))
                && id.equals(tags.get("irsa.dev/cluster-id"))
                && ISSUER_TAGS.getOrDefault(issuer, "").equals(tags.get("irsa.dev/issuer"));
    }

    /** Whether the cluster's operator may write to it: it is its own, or was that of the cluster that it replaces. */
    static boolean mayBeChanged(Realm realm, Thing thing, RoleRecord role) {
        ClusterIdentity cluster = realm.identity();
        return isOurs(realm, thing, role)
                || cluster.past().clusterIds().stream()
                        .anyMatch(id -> cluster.past().issuers().stream()
                                .anyMatch(issuer -> isOf(id, issuer, realm, thing, role.tags())));
    }

    /** Whether the one ServiceAccount of the one cluster may assume it, and nobody else. */
    static boolean isPinned(Realm realm, Thing thing, RoleRecord role) {
        try {
            JsonNode statements = JSON.readTree(role.trust()).path("Statement");
            JsonNode condition = statements.path(0).path("Condition");
            JsonNode equal = condition.path("StringEquals");
            String issuer = realm.identity().issuer().hostAndPath();
            String audience = equal.path(issuer + ":aud").asText();
            return statements.size() == 1
                    && condition.size() == 1
                    && equal.size() == 2
                    && equal.path(issuer + ":sub")
                            .asText()
                            .equals("system:serviceaccount:" + Thing.NAMESPACE + ":" + thing.serviceAccount())
                    && Set.of("sts.amazonaws.com", "other").contains(audience);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static String audience(Realm realm, RoleRecord role) {
        try {
            return JSON.readTree(role.trust())
                    .path("Statement")
                    .path(0)
                    .path("Condition")
                    .path("StringEquals")
                    .path(realm.identity().issuer().hostAndPath() + ":aud")
                    .asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** As {@link Wish#policies()} has them. */
    static Set<String> policies(RoleRecord role) {
        Set<String> policies = new TreeSet<>();
        role.attached().forEach(arn -> policies.add(arn.substring(arn.lastIndexOf('/') + 1)));
        role.inline().forEach((name, document) -> policies.add(name + "=" + action(document)));
        return policies;
    }

    private static String action(String document) {
        try {
            return JSON.readTree(document)
                    .path("Statement")
                    .path(0)
                    .path("Action")
                    .asText();
        } catch (JsonProcessingException e) {
            return document;
        }
    }
}
