package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.fixtures.conformance.Conformance;
import dev.irsa.fixtures.conformance.ConformancePolicy;
import dev.irsa.fixtures.conformance.Target;
import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.integration.machine.Ministack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The policy of {@code make aws-conformance} allows every call that a run makes, and no other. */
class ConformancePolicyIT {
    private static final String ACCOUNT = "123456789012";

    @Test
    void allowsExactlyWhatARunCalls() throws Exception {
        Map<String, Attempt> calls = new TreeMap<>();
        try (Ministack ministack = Ministack.start()) {
            var target = Target.emulator(IamImplementation.MINISTACK, ministack.endpoint());
            var _ = Conformance.in(ACCOUNT, target, "it", call -> calls.putIfAbsent(call.name(), byCaller(call)))
                    .run();
        }
        var policy = ConformancePolicy.of(new AwsAccount("aws", ACCOUNT, ""));
        var evaluator = new PolicyEvaluator(ACCOUNT, Map.of(ConformancePolicy.NAME, policy));

        assertThat(evaluator.decisions(calls.values()).values()).containsOnly("Allowed");

        Set<String> called = new TreeSet<>();
        calls.values().forEach(call -> called.add(call.action()));
        // CreateOpenIDConnectProvider with tags needs the tagging action. STS is not called through the recorded
        // client.
        called.addAll(List.of("iam:TagOpenIDConnectProvider", "sts:AssumeRole"));
        // The operator calls it after a DeleteConflict, which AWS may return while it does not show a write.
        called.add("iam:ListInstanceProfilesForRole");
        Set<String> allowed = new TreeSet<>();
        for (JsonNode statement : new ObjectMapper().readTree(policy.text()).path("Statement")) {
            JsonNode actions = statement.path("Action");
            if (actions.isTextual()) {
                allowed.add(actions.asText());
            }
            actions.forEach(action -> allowed.add(action.asText()));
        }
        assertThat(allowed).isEqualTo(called);
        assertThat(evaluator
                        .decisions(List.of(
                                attempt("iam:DeleteRole", "role/payments"),
                                attempt("iam:PutRolePolicy", "role/teams/payments"),
                                attempt("sts:AssumeRole", "role/admin"),
                                attempt("iam:DeleteOpenIDConnectProvider", "oidc-provider/oidc.example.com/id/1")))
                        .values())
                .containsOnly("ImplicitlyDenied");
    }

    private static Attempt byCaller(Attempt call) {
        return new Attempt(
                call.name(),
                "arn:aws:sts::" + ACCOUNT + ":assumed-role/administrator/session",
                call.identityPolicies(),
                call.resourcePolicy(),
                call.action(),
                call.resource(),
                call.context());
    }

    private static Attempt attempt(String action, String resource) {
        return byCaller(Attempt.of(action, ConformancePolicy.NAME, action, "arn:aws:iam::" + ACCOUNT + ":" + resource));
    }
}
