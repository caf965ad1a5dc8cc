package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.docs.LibraryTemplate;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests the templates of {@code deploy/templates} with an independent evaluator and the reference of all actions. */
class PolicyTemplatesIT {
    static final String KEY_POLICY = "the policy of a KMS key";

    private final Map<String, PolicyDocument> policies = policies();

    @TestFactory
    Stream<DynamicTest> allowsTheNamedResources() {
        return new PolicyEvaluator(policies).allow(TemplateAttempts.allowed());
    }

    @TestFactory
    Stream<DynamicTest> deniesOtherResources() {
        return new PolicyEvaluator(policies).deny(TemplateAttempts.denied());
    }

    @Test
    void eachActionIsTriedAndEachTemplateDeniesSomething() {
        Set<String> granted = new TreeSet<>();
        statements()
                .forEach(statement -> statement
                        .at("/statement/Action")
                        .forEach(action -> granted.add(statement.get("name").asText() + " " + action.asText())));

        assertThat(TemplateAttempts.allowed())
                .extracting(PolicyTemplatesIT::templateAndAction)
                .containsAll(granted);
        assertThat(TemplateAttempts.denied())
                .flatExtracting(Attempt::identityPolicies)
                .containsAll(LibraryTemplate.all().stream()
                        .map(LibraryTemplate::name)
                        .toList());
    }

    /** Actions exist, support the resources and condition keys, and have the resource * only if they support no other. */
    @Test
    void statementsMatchTheServiceAuthorizationReference() {
        JsonNode answer = new NodeScript("references.js").run(statements());

        assertThat(answer.get("actions").asInt()).isGreaterThan(140);
        assertThat(answer.get("problems"))
                .extracting(JsonNode::asText)
                // The reference does not have this key, but AmazonEBSCSIDriverEKSClusterScopedPolicy of AWS does.
                .containsExactly("ebs-csi: ec2:CopyVolumes on arn:aws:ec2:eu-west-1:111122223333:volume/vol-* has no"
                        + " condition key ec2:ResourceTag/ebs.csi.aws.com/cluster-name");
    }

    private static String templateAndAction(Attempt attempt) {
        return String.join(",", attempt.identityPolicies()) + " " + attempt.action();
    }

    private static ArrayNode statements() {
        ArrayNode statements = JsonNodeFactory.instance.arrayNode();
        for (LibraryTemplate template : LibraryTemplate.all()) {
            for (JsonNode statement : template.policy().json().path("Statement")) {
                statements.addObject().put("name", template.name()).set("statement", statement);
            }
        }
        return statements;
    }

    private static Map<String, PolicyDocument> policies() {
        Map<String, PolicyDocument> policies = new TreeMap<>();
        LibraryTemplate.all().forEach(template -> policies.put(template.name(), template.policy()));
        policies.put(KEY_POLICY, PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root"},
                "Action": "kms:*", "Resource": "*"}]}""".formatted(Sample.ACCOUNT)));
        return policies;
    }
}
