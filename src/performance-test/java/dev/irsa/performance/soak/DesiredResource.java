package dev.irsa.performance.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.iam.RoleRecord;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A resource that users apply, and the role that it requires.
 *
 * @param variant selects all values; consecutive variants differ in every field
 */
record DesiredResource(String namespace, String name, int variant) {
    static final String MANAGED = "arn:aws:iam::aws:policy/";
    private static final List<String> POLICIES = List.of(
            "AmazonS3ReadOnlyAccess",
            "AmazonSQSReadOnlyAccess",
            "AmazonSNSReadOnlyAccess",
            "AmazonEC2ReadOnlyAccess",
            "AmazonRDSReadOnlyAccess");

    DesiredResource next() {
        return new DesiredResource(namespace, name, variant + 1);
    }

    /** Returns {@code namespace/name}. */
    String key() {
        return namespace + "/" + name;
    }

    /** Returns the name of its role. */
    String role() {
        return SoakMachine.CLUSTER + "_" + namespace + "_" + name;
    }

    IamServiceAccount resource() {
        return Serialization.unmarshal(
                """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec:
                  role: {description: variant %d, maxSessionDurationSeconds: %d, tags: {team: %s}}
                  policies:
                    managed: [%s]
                    inline: [%s]
                """.formatted(
                        namespace,
                        name,
                        variant,
                        session(),
                        team(),
                        String.join(", ", managed()),
                        inline().entrySet().stream()
                                .map(policy -> "{name: " + policy.getKey() + ", document: " + policy.getValue() + "}")
                                .collect(Collectors.joining(", "))),
                IamServiceAccount.class);
    }

    /** Returns a sentence for each difference between its role and the spec. */
    List<String> differences(RoleRecord role) {
        List<String> found = new ArrayList<>();
        note(found, "description", "variant " + variant, role.description());
        note(found, "session", session(), role.maxSessionSeconds());
        note(found, "path", SoakMachine.ROLE_PATH, role.path());
        note(found, "tag team", team(), role.tags().getOrDefault("team", ""));
        note(
                found,
                "managed policies",
                managed().stream().map(name -> MANAGED + name).collect(Collectors.toSet()),
                Set.copyOf(role.attached()));
        note(found, "inline policies", trees(inline()), trees(role.inline()));
        note(
                found,
                "subject of the trust policy",
                "system:serviceaccount:" + namespace + ":" + name,
                tree(role.trust()).findPath("StringEquals").properties().stream()
                        .filter(entry -> entry.getKey().endsWith(":sub"))
                        .map(entry -> entry.getValue().asText())
                        .collect(Collectors.joining()));
        return found;
    }

    private void note(List<String> found, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            found.add(role() + ": " + what + ": expected " + expected + " but found " + actual);
        }
    }

    private int session() {
        return 3600 * (1 + variant % 4);
    }

    private String team() {
        return "team-" + variant % 7;
    }

    private List<String> managed() {
        return IntStream.rangeClosed(0, variant % 3)
                .mapToObj(i -> POLICIES.get((variant + i) % POLICIES.size()))
                .toList();
    }

    private Map<String, String> inline() {
        return IntStream.rangeClosed(0, variant % 2)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "read-" + i, i -> """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], \
                "Resource": ["arn:aws:s3:::bucket-%d/*"]}]}""".formatted(variant + i), (one, other) -> one, TreeMap::new));
    }

    private static Map<String, JsonNode> trees(Map<String, String> documents) {
        Map<String, JsonNode> trees = new TreeMap<>();
        documents.forEach((name, document) -> trees.put(name, tree(document)));
        return trees;
    }

    private static JsonNode tree(String document) {
        return Serialization.unmarshal(document, JsonNode.class);
    }
}
