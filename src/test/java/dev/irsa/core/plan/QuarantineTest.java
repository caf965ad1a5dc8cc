package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private static final PolicyDocument EVERYTHING =
            PolicyDocument.parse("{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
    private static final PolicyDocument S3 =
            PolicyDocument.parse("{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}");
    private static final String CONFIGURED = "arn:aws:iam::111122223333:policy/quarantine-1";
    private static final PolicyProtection PROTECTION = PolicyProtection.of(
            ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/quarantine-*")), AwsAccount.DEFAULT_MANAGED_POLICIES);

    private static Quarantine of(Map<String, PolicyDocument> inline, String... attached) {
        return Quarantine.of(ObservedPolicies.of(Set.of(attached), SampleRoles.fingerprints(inline)), PROTECTION);
    }

    @Test
    void protectedManagedPoliciesAreAQuarantine() {
        assertThat(of(Map.of(), SampleRoles.DENY_ALL, CONFIGURED, "arn:aws:iam::aws:policy/ReadOnlyAccess")
                        .managed())
                .containsExactlyInAnyOrder(SampleRoles.DENY_ALL, CONFIGURED);
    }

    @Test
    void inlinePoliciesThatDenyEverythingAreAQuarantine() {
        assertThat(of(Map.of("stop", EVERYTHING, "guardrail", S3, "read", SampleRoles.ALLOW))
                        .inline())
                .containsExactly("stop");
    }

    /** No spec can use the name, whatever a responder denies under it. */
    @Test
    void theReservedNameIsAQuarantineIfThePolicyOnlyDenies() {
        assertThat(of(Map.of("awsdenyall", S3)).inline()).containsExactly("awsdenyall");
        assertThat(of(Map.of("AWSDenyAll", SampleRoles.ALLOW)).inline()).isEmpty();
    }

    @Test
    void whatTheOperatorWroteIsNotAQuarantine() {
        ObservedPolicies policies =
                ObservedPolicies.of(Set.of(), SampleRoles.fingerprints(Map.of("stop", EVERYTHING, "s", EVERYTHING)));
        TreeMap<String, String> written =
                new TreeMap<>(Map.of("stop", EVERYTHING.fingerprint().digest(), "s", "another digest"));

        assertThat(Quarantine.of(policies, PROTECTION.remembering(written, new TreeMap<>(), false))
                        .inline())
                .containsExactly("s");
    }

    @Test
    void obstacleNamesPoliciesAndCommands() {
        assertThat(of(Map.of("guardrail", S3)).obstacle("r")).isEmpty();
        assertThat(of(Map.of("stop", EVERYTHING), CONFIGURED).obstacle("r").map(Failure::message))
                .hasValueSatisfying(message -> assertThat(message)
                        .contains(
                                "role r is quarantined by " + CONFIGURED + ", stop,",
                                "run: aws iam detach-role-policy --role-name r --policy-arn " + CONFIGURED
                                        + " && aws iam delete-role-policy --role-name r --policy-name stop;")
                        .matches(RoleFailure::isQuarantine));
    }
}
