package dev.irsa.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.ownership.Predecessors;
import java.util.Set;
import java.util.stream.Collectors;

/** The cluster of the golden cases: {@code prod} in Ireland, but for what {@code cluster.yaml} says. */
final class GoldenCluster {
    static final String ID = "0b8a1c52-6f0e-4a6e-9a3e-5f6b7c8d9e0f";

    private GoldenCluster() {}

    static ClusterIdentity of(JsonNode given) {
        String name = given.path("name").asText("prod");
        Issuer issuer = new Issuer(given.path("issuer").asText("https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"));
        return new ClusterIdentity(
                name,
                ID,
                issuer,
                new AwsAccount(
                        given.path("partition").asText("aws"),
                        "111122223333",
                        given.path("operatorRole").asText("irsa-operator")),
                issuer.hostAndPath(),
                given.path("rolePath").asText("/irsa/" + name + "/"),
                texts(given.path("adoptionPaths")),
                new Predecessors(texts(given.path("previousClusterIds")), texts(given.path("previousIssuers"))));
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
