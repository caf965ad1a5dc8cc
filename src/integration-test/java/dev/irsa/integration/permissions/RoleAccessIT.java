package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.access.Answer;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.fixtures.iam.FullIamContract;
import dev.irsa.integration.machine.Ministack;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** The answers of {@link RoleAccess}, compared with those of independent evaluators. */
class RoleAccessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLE = "arn:aws:iam::111122223333:role/generated";
    private static final int ROLES = Integer.getInteger("access.roles", 10_000);
    private static final int SIMULATED = 200;

    private static List<GeneratedRole> roles(int count) {
        Random random = new Random(Long.getLong("access.seed", 41));
        return Stream.generate(() -> GeneratedRole.of(random)).limit(count).toList();
    }

    private static Answer answer(GeneratedRole role) {
        return role.access().decide(role.query()).answer();
    }

    @Test
    void agreesWithIndependentEvaluator() {
        List<GeneratedRole> roles = roles(ROLES);
        JsonNode decisions = new NodeScript("evaluate.js").run(question(roles));
        assertThat(decisions).hasSize(roles.size());
        int open = 0;
        int unconditional = 0;
        for (int i = 0; i < roles.size(); i++) {
            GeneratedRole role = roles.get(i);
            JsonNode decision = decisions.get(i);
            assertThat(decision.path("problems")).as("%s", role).isEmpty();
            Answer answer = answer(role);
            if (answer != Answer.PERHAPS) {
                assertThat(answer)
                        .as("%s", role)
                        .isEqualTo(decision.path("decision").asText().equals("Allowed") ? Answer.YES : Answer.NO);
            }
            if (!role.isConditional()) {
                unconditional++;
                open += answer == Answer.PERHAPS ? 1 : 0;
            }
        }
        System.out.println("of " + unconditional + " roles without conditions, " + open + " got no definite answer");
        assertThat(open * 100).as("at most 2 percent").isLessThanOrEqualTo(unconditional * 2);
    }

    private static ObjectNode question(List<GeneratedRole> roles) {
        ObjectNode question = JSON.createObjectNode();
        ObjectNode policies = question.putObject("policies");
        ArrayNode cases = question.putArray("cases");
        for (int i = 0; i < roles.size(); i++) {
            GeneratedRole role = roles.get(i);
            String prefix = i + "/";
            role.policies().forEach((name, document) -> policies.set(prefix + name, document.json()));
            ObjectNode one = cases.addObject();
            one.put("name", Integer.toString(i))
                    .put("principal", ROLE)
                    .put("action", role.action())
                    .put("resource", role.resource())
                    .put("account", "111122223333")
                    .put("boundary", role.boundary().isEmpty() ? "" : prefix + role.boundary());
            role.ownPolicies()
                    .forEach(name -> one.withArray("/identityPolicies").add(prefix + name));
            one.putObject("context").put("aws:PrincipalTag/team", GeneratedRole.TEAM);
        }
        return question;
    }

    /** The simulator of ministack evaluates the policies of a role, without its boundary. */
    @Test
    void agreesWithSimulatorOfMinistack() {
        List<GeneratedRole> roles = roles(ROLES).stream()
                .filter(role -> role.boundary().isEmpty() && !role.isConditional())
                .limit(SIMULATED)
                .toList();
        assertThat(roles).hasSize(SIMULATED);
        try (Ministack ministack = Ministack.start();
                IamClient iam = FullIamContract.at(ministack.endpoint())) {
            for (int i = 0; i < roles.size(); i++) {
                GeneratedRole role = roles.get(i);
                Answer answer = answer(role);
                if (answer != Answer.PERHAPS) {
                    assertThat(answer)
                            .as("%s", role)
                            .isEqualTo(simulate(iam, "generated-" + i, role) ? Answer.YES : Answer.NO);
                }
            }
        }
    }

    private static boolean simulate(IamClient iam, String name, GeneratedRole role) {
        String arn = iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                          "Principal": {"Service": "ec2.amazonaws.com"}}]}"""))
                .role()
                .arn();
        role.policies()
                .forEach((policy, document) -> iam.putRolePolicy(
                        request -> request.roleName(name).policyName(policy).policyDocument(document.text())));
        return Optional.of(iam.simulatePrincipalPolicy(request -> request.policySourceArn(arn)
                                .actionNames(role.action())
                                .resourceArns(role.resource()))
                        .evaluationResults()
                        .getFirst()
                        .evalDecision())
                .filter(PolicyEvaluationDecisionType.ALLOWED::equals)
                .isPresent();
    }
}
