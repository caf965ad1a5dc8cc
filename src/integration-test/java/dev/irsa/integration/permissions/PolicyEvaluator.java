package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Evaluates IAM policies with an independent simulator. */
final class PolicyEvaluator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String account;
    private final String boundary;
    private final Map<String, PolicyDocument> policies;

    PolicyEvaluator(Map<String, PolicyDocument> policies) {
        this(Sample.ACCOUNT, policies);
    }

    /** Creates an evaluator for another account. */
    PolicyEvaluator(String account, Map<String, PolicyDocument> policies) {
        this(account, "", policies);
    }

    private PolicyEvaluator(String account, String boundary, Map<String, PolicyDocument> policies) {
        this.account = account;
        this.boundary = boundary;
        this.policies = Map.copyOf(policies);
    }

    /** Returns an evaluator whose callers have the policy of this name as their permissions boundary. */
    PolicyEvaluator under(String name) {
        return new PolicyEvaluator(account, name, policies);
    }

    /** Returns a test for each attempt, which must be allowed. */
    Stream<DynamicTest> allow(Collection<Attempt> attempts) {
        return tests(attempts, List.of("Allowed"));
    }

    /** Returns a test for each attempt, which must be denied. */
    Stream<DynamicTest> deny(Collection<Attempt> attempts) {
        return tests(attempts, List.of("ImplicitlyDenied", "ExplicitlyDenied"));
    }

    /** Returns the decision on each attempt by its name. */
    Map<String, String> decisions(Collection<Attempt> attempts) {
        return answers(attempts)
                .valueStream()
                .collect(Collectors.toMap(
                        answer -> answer.get("name").asText(),
                        answer -> answer.get("decision").asText()));
    }

    private Stream<DynamicTest> tests(Collection<Attempt> attempts, List<String> decisions) {
        assertThat(attempts).extracting(Attempt::name).isNotEmpty().doesNotHaveDuplicates();
        JsonNode answers = answers(attempts);
        assertThat(answers).hasSameSizeAs(attempts);
        return answers.valueStream()
                .map(answer -> DynamicTest.dynamicTest(answer.get("name").asText(), () -> {
                    // The evaluator denies a case with problems, which would be the wrong reason.
                    assertThat(answer.get("problems"))
                            .as("problems of the case")
                            .isEmpty();
                    assertThat(answer.get("decision").asText()).isIn(decisions);
                }));
    }

    /** Evaluates all attempts in one process. */
    private JsonNode answers(Collection<Attempt> attempts) {
        return new NodeScript("evaluate.js").run(question(attempts));
    }

    private ObjectNode question(Collection<Attempt> attempts) {
        ObjectNode question = JSON.createObjectNode();
        ObjectNode documents = question.putObject("policies");
        for (var policy : policies.entrySet()) {
            documents.set(policy.getKey(), policy.getValue().json());
        }
        ArrayNode cases = question.putArray("cases");
        for (Attempt attempt : attempts) {
            ObjectNode one = JSON.valueToTree(attempt);
            one.put("account", account);
            one.put("boundary", boundary);
            cases.add(one);
        }
        return question;
    }
}
