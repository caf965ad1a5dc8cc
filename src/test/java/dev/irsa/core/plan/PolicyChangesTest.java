package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {
    private static final String NAME = SampleRoles.IDENTITY.name();
    private static final DesiredRole DESIRED = SampleRole.withPolicies(
            Set.of("arn:a", "arn:b"), Map.of("read", SampleRoles.ALLOW, "write", SampleRoles.ALLOW));

    @Test
    void addsMissingPolicies() {
        assertThat(PolicyChanges.of(DESIRED, observed(Set.of("arn:b"), Map.of("write", SampleRoles.ALLOW))))
                .isEqualTo(new PolicyChanges(
                        List.of(
                                new AttachRolePolicy(NAME, "arn:a"),
                                new PutRolePolicy(NAME, "read", SampleRoles.ALLOW)),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void replacesInlinePolicyWithAnotherDocument() {
        PolicyChanges changes = PolicyChanges.of(
                DESIRED,
                observed(
                        Set.of("arn:a", "arn:b"),
                        Map.of(
                                "read",
                                PolicyDocument.parse(
                                        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"),
                                "write",
                                SampleRoles.ALLOW)));

        assertThat(changes)
                .isEqualTo(new PolicyChanges(
                        List.of(new PutRolePolicy(NAME, "read", SampleRoles.ALLOW)),
                        List.of(),
                        List.of(new DeleteRolePolicy(NAME, "read")),
                        List.of()));
    }

    @Test
    void keepsDenyPolicyOfAnotherOwnerInPlaceOfPolicyOfSpec() {
        PolicyChanges changes = PolicyChanges.of(
                DESIRED,
                observed(Set.of("arn:a", "arn:b"), Map.of("read", SampleRoles.DENY, "write", SampleRoles.ALLOW)));

        assertThat(changes).isEqualTo(new PolicyChanges(List.of(), List.of(), List.of(), List.of("read")));
    }

    @Test
    void removesUnwantedPolicies() {
        PolicyChanges changes = PolicyChanges.of(
                DESIRED,
                observed(
                        Set.of("arn:a", "arn:b", "arn:c"),
                        Map.of("read", SampleRoles.ALLOW, "write", SampleRoles.ALLOW, "old", SampleRoles.ALLOW)));

        assertThat(changes)
                .isEqualTo(new PolicyChanges(
                        List.of(),
                        List.of(new DetachRolePolicy(NAME, "arn:c"), new DeleteRolePolicy(NAME, "old")),
                        List.of(),
                        List.of()));
    }

    @Test
    void leavesUnwantedDenyPoliciesInPlace() {
        assertThat(PolicyChanges.of(
                        SampleRole.desired(),
                        observed(Set.of(SampleRoles.DENY_ALL), Map.of("AWSRevoke", SampleRoles.DENY))))
                .isEqualTo(new PolicyChanges(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void removesDenyPolicyThatTheOperatorWroteAndTheSpecNoLongerNames() {
        assertThat(PolicyChanges.of(
                        wrote("guard", SampleRoles.DENY),
                        observed(
                                Set.of("arn:a", "arn:b"),
                                Map.of(
                                        "read", SampleRoles.ALLOW,
                                        "write", SampleRoles.ALLOW,
                                        "guard", SampleRoles.DENY,
                                        "AWSRevoke", SampleRoles.DENY))))
                .isEqualTo(new PolicyChanges(
                        List.of(), List.of(new DeleteRolePolicy(NAME, "guard", true)), List.of(), List.of()));
    }

    /** Between a deletion and a later write, the role would have more access than before and after. */
    @Test
    void replacesDenyPolicyWithoutDeletingIt() {
        PolicyDocument earlier = PolicyDocument.parse(
                "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"s3:DeleteBucket\",\"Resource\":\"*\"}}");
        assertThat(PolicyChanges.of(
                        wrote("read", earlier),
                        observed(Set.of("arn:a", "arn:b"), Map.of("read", earlier, "write", SampleRoles.ALLOW))))
                .isEqualTo(new PolicyChanges(
                        List.of(new PutRolePolicy(NAME, "read", SampleRoles.ALLOW)), List.of(), List.of(), List.of()));
    }

    private static DesiredRole wrote(String policy, PolicyDocument document) {
        return DESIRED.protectedBy(DESIRED.protection()
                .remembering(new TreeMap<>(Map.of(policy, document.fingerprint().digest())), new TreeMap<>(), false));
    }

    private static ObservedPolicies observed(Set<String> attached, Map<String, PolicyDocument> inline) {
        return ObservedPolicies.of(attached, SampleRoles.fingerprints(inline));
    }
}
