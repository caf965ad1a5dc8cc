package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that each condition of the policy is needed: without it, an escalation would be allowed. */
class PolicyConditionsIT {
    @Test
    void everyConditionPreventsAnEscalation() {
        Map<String, PolicyDocument> weaker = new HashMap<>();
        List<Attempt> attempts = new ArrayList<>();
        Set<String> conditions = new TreeSet<>();
        Sample.policies().forEach((policy, whole) -> {
            weakened(whole).forEach((condition, document) -> {
                conditions.add(condition);
                String name = condition + " of the policy " + policy;
                weaker.put(name, document);
                escalations(policy)
                        .map(attempt -> attempt.under(name).as(condition + ": " + attempt.name()))
                        .forEach(attempts::add);
            });
        });

        Set<String> needed = new TreeSet<>();
        new PolicyEvaluator(weaker).decisions(attempts).forEach((name, decision) -> {
            if (decision.equals("Allowed")) {
                needed.add(name.substring(0, name.indexOf(": ")));
            }
        });
        assertThat(needed).isEqualTo(conditions);
    }

    private static Stream<Attempt> escalations(String policy) {
        return Stream.of(RoleEscalations.all(), AccountEscalations.all(), AssociationEscalations.all())
                .flatMap(List::stream)
                .filter(attempt -> attempt.identityPolicies().contains(policy));
    }

    /** Returns the policy without each of its conditions and deny statements, by the removed part. */
    private static Map<String, PolicyDocument> weakened(PolicyDocument policy) {
        Map<String, PolicyDocument> weakened = new TreeMap<>();
        JsonNode whole = policy.json();
        for (int i = 0; i < whole.at("/Statement").size(); i++) {
            JsonNode statement = whole.at("/Statement/" + i);
            String sid = statement.path("Sid").asText();
            if (statement.get("Effect").asText().equals("Deny")) {
                // Without its condition, it would deny even more.
                ObjectNode copy = whole.deepCopy();
                copy.withArray("Statement").remove(i);
                weakened.put(sid, PolicyDocument.of(copy));
                continue;
            }
            for (var operator : statement.path("Condition").properties()) {
                for (var key : operator.getValue().properties()) {
                    JsonNode copy = whole.deepCopy();
                    ((ObjectNode) copy.at("/Statement/" + i + "/Condition/" + operator.getKey())).remove(key.getKey());
                    weakened.put(sid + " " + operator.getKey() + " " + key.getKey(), PolicyDocument.of(copy));
                }
            }
        }
        return weakened;
    }
}
