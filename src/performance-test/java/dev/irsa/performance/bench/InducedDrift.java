package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.iam.IamClient;

/** Changes one role in a hundred without the operator: its trust policy or its attached policies. */
final class InducedDrift {
    private static final int ONE_IN = 100;
    private static final String POLICY = "arn:aws:iam::aws:policy/" + ResourceBatch.MANAGED_POLICY;
    private static final String NOBODY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}""";

    private final IamClient console;
    private final Map<String, String> trustBefore = new HashMap<>();
    private final List<String> roles;

    /** Chooses the roles without changing them. The console bypasses the proxy. */
    InducedDrift(IamClient console, List<String> all) {
        this.console = console;
        this.roles = IntStream.range(0, all.size())
                .filter(i -> i % ONE_IN == 0)
                .mapToObj(all::get)
                .toList();
    }

    int size() {
        return roles.size();
    }

    /** Detaches the policy of every second role and changes the trust policy of the others. */
    void happen() {
        for (var i = 0; i < roles.size(); i++) {
            var role = roles.get(i);
            trustBefore.put(role, trust(role));
            if (i % 2 == 0) {
                console.detachRolePolicy(request -> request.roleName(role).policyArn(POLICY));
            } else {
                console.updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(NOBODY));
            }
        }
    }

    /** Waits until the roles are repaired. */
    void awaitRepaired() {
        for (var role : roles) {
            Awaitility.await("what was changed at " + role + " is repaired")
                    .atMost(Duration.ofMinutes(5))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isRepaired(role));
        }
    }

    private boolean isRepaired(String role) {
        return trust(role).equals(trustBefore.get(role))
                && console.listAttachedRolePolicies(request -> request.roleName(role)).attachedPolicies().stream()
                        .anyMatch(policy -> policy.policyArn().equals(POLICY));
    }

    private String trust(String role) {
        return console.getRole(request -> request.roleName(role)).role().assumeRolePolicyDocument();
    }
}
