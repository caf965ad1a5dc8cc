package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.desired.TemplatePolicies;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DenyPoliciesTest {
    private static final String ROLE = SampleRoles.IDENTITY.name();
    private static final PolicyDocument OLD_DENY = PolicyDocument.parse(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:Put*\",\"Resource\":\"*\"}]}");
    private static final String OLD_DIGEST = OLD_DENY.fingerprint().digest();

    @Test
    void replacesNoDenyThatTheOperatorDidNotWrite() {
        Plan plan = RolePlanner.update(
                desired(Map.of("p", SampleRoles.ALLOW), Map.of()), role(Map.of("p", SampleRoles.DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(RoleFailure.policyProtected(ROLE, "p"));
    }

    @Test
    void replacesADenyThatTheOperatorWrote() {
        DesiredRole desired = desired(Map.of("p", SampleRoles.DENY), Map.of("p", OLD_DIGEST));

        assertThat(RolePlanner.update(desired, role(Map.of("p", OLD_DENY))))
                .isEqualTo(Plan.of(List.of(new RoleChange.PutRolePolicy(ROLE, "p", SampleRoles.DENY))));
    }

    @Test
    void replacesNoDenyThatReplacedTheOperatorsOwn() {
        DesiredRole desired = desired(Map.of("p", OLD_DENY), Map.of("p", OLD_DIGEST));

        assertThat(RolePlanner.update(desired, role(Map.of("p", SampleRoles.DENY)))
                        .obstacle())
                .contains(RoleFailure.policyProtected(ROLE, "p"));
    }

    @Test
    void makesTheOtherChanges() {
        DesiredRole desired = desired(Map.of("p", SampleRoles.ALLOW, "q", SampleRoles.ALLOW), Map.of());

        assertThat(RolePlanner.update(desired, role(Map.of("p", SampleRoles.DENY)))
                        .changes())
                .containsExactly(new RoleChange.PutRolePolicy(ROLE, "q", SampleRoles.ALLOW));
    }

    @Test
    void treatsNamesThatDifferInCaseAsOne() {
        Plan plan = RolePlanner.update(
                desired(Map.of("stop", SampleRoles.ALLOW), Map.of()), role(Map.of("STOP", SampleRoles.DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(RoleFailure.policyProtected(ROLE, "STOP"));
    }

    /** If IAM treats the names as one, either order of the calls would leave the role without the policy for a moment. */
    @Test
    void renamesNoDenyOfTheOperatorOnlyInCase() {
        DesiredRole desired = desired(Map.of("Guard", SampleRoles.DENY), Map.of("guard", OLD_DIGEST));

        Plan plan = RolePlanner.update(desired, role(Map.of("guard", OLD_DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(RoleFailure.policyProtected(ROLE, "guard"));
    }

    /** Right after a start, the trusted state has no policies, so that all are written again. */
    @Test
    void replacesNoDenyThatOnlyTheShownStateHas() {
        Plan plan = RolePlanner.plan(
                desired(Map.of("p", SampleRoles.ALLOW, "q", SampleRoles.ALLOW), Map.of()),
                RoleObservation.of(
                        role(Map.of("p", SampleRoles.DENY, "q", SampleRoles.ALLOW)), Optional.of(role(Map.of()))),
                true);

        assertThat(plan.changes()).containsExactly(new RoleChange.PutRolePolicy(ROLE, "q", SampleRoles.ALLOW));
        assertThat(plan.obstacle()).contains(RoleFailure.policyProtected(ROLE, "p"));
    }

    @Test
    void replacesNoDenyThatOnlyTheTrustedStateHas() {
        Plan plan = RolePlanner.plan(
                desired(Map.of("p", SampleRoles.ALLOW), Map.of()),
                RoleObservation.of(role(Map.of()), Optional.of(role(Map.of("p", SampleRoles.DENY)))),
                true);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(RoleFailure.policyProtected(ROLE, "p"));
    }

    @Test
    void waitsWhileIamMayShowAnOlderDenyOfTheOperator() {
        Plan plan = RolePlanner.plan(
                desired(
                        Map.of("p", SampleRoles.ALLOW),
                        Map.of("p", SampleRoles.DENY.fingerprint().digest())),
                RoleObservation.of(role(Map.of("p", OLD_DENY)), Optional.of(role(Map.of("p", SampleRoles.DENY)))),
                true);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).containsInstanceOf(Failure.Passing.class);
    }

    /** IAM may show the policy that it replaced, which may have granted something. */
    @Test
    void deletesADenyOfTheOperatorLastWhicheverStateIamShows() {
        Plan plan = RolePlanner.plan(
                desired(
                        Map.of("q", SampleRoles.ALLOW),
                        Map.of("p", SampleRoles.DENY.fingerprint().digest())),
                RoleObservation.of(
                        role(Map.of("p", SampleRoles.ALLOW, "r", SampleRoles.ALLOW)),
                        Optional.of(role(Map.of("p", SampleRoles.DENY, "r", SampleRoles.ALLOW)))),
                true);

        assertThat(plan.changes())
                .containsExactly(
                        new RoleChange.PutRolePolicy(ROLE, "q", SampleRoles.ALLOW),
                        new RoleChange.DeleteRolePolicy(ROLE, "r"),
                        new RoleChange.DeleteRolePolicy(ROLE, "p", true));
    }

    @Test
    void removesNoDenyThatReplacedAPolicyThatLeavesTheSpec() {
        Plan plan = RolePlanner.plan(
                desired(Map.of(), Map.of()),
                RoleObservation.of(
                        role(Map.of("p", SampleRoles.DENY)), Optional.of(role(Map.of("p", SampleRoles.ALLOW)))),
                true);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).containsInstanceOf(Failure.Passing.class);
    }

    @Test
    void recordsOnlyTheDeniesThatThisProcessWrote() {
        DesiredRole spec = desired(
                Map.of("p", OLD_DENY, "q", SampleRoles.ALLOW, "r", SampleRoles.DENY, "x", SampleRoles.DENY), Map.of());
        DesiredRole desired = spec.protectedBy(spec.protection()
                .remembering(
                        spec.protection().writtenDenies(),
                        new TreeMap<>(Map.of("p", OLD_DIGEST, "r", OLD_DIGEST)),
                        false));

        assertThat(DenyPolicies.written(
                        desired,
                        role(Map.of("p", OLD_DENY, "q", SampleRoles.ALLOW, "x", SampleRoles.DENY))
                                .policies()))
                .isEqualTo(Map.of("p", OLD_DIGEST));
    }

    @Test
    void keepsTheRecordOfADenyUntilAnotherPolicyOfThatNameIsWritten() {
        Map<String, String> before = Map.of("p", OLD_DIGEST);

        assertThat(DenyPolicies.written(
                        desired(Map.of("p", SampleRoles.ALLOW), before),
                        role(Map.of()).policies()))
                .isEqualTo(before);
        assertThat(DenyPolicies.written(
                        desired(Map.of("p", SampleRoles.ALLOW), before),
                        role(Map.of("p", SampleRoles.ALLOW)).policies()))
                .isEmpty();
        assertThat(DenyPolicies.written(
                        desired(Map.of(), before), role(Map.of("p", OLD_DENY)).policies()))
                .isEqualTo(before);
        assertThat(DenyPolicies.written(
                        desired(Map.of(), before), role(Map.of()).policies()))
                .isEmpty();
    }

    @Test
    void replacesADenyThatThisProcessTriedToWrite() {
        DesiredRole spec = desired(
                Map.of("p", SampleRoles.ALLOW),
                Map.of("p", SampleRoles.DENY.fingerprint().digest()));
        DesiredRole desired = spec.protectedBy(spec.protection()
                .remembering(spec.protection().writtenDenies(), new TreeMap<>(Map.of("p", OLD_DIGEST)), false));

        assertThat(RolePlanner.update(desired, role(Map.of("p", OLD_DENY))))
                .isEqualTo(Plan.of(List.of(new RoleChange.PutRolePolicy(ROLE, "p", SampleRoles.ALLOW))));
    }

    private static DesiredRole desired(Map<String, PolicyDocument> inline, Map<String, String> written) {
        return new DesiredRole(
                        SampleRoles.IDENTITY,
                        "",
                        3600,
                        Optional.empty(),
                        SampleRoles.withOurs(Map.of()),
                        SampleRoles.ALLOW,
                        new TreeSet<>(),
                        new TreeMap<>(inline),
                        RoleOrigin.CREATED,
                        ConfiguredRoleTags.NONE,
                        PolicyProtection.DEFAULT,
                        TemplatePolicies.NONE,
                        RequiredPolicies.NONE)
                .protectedBy(PolicyProtection.DEFAULT.remembering(new TreeMap<>(written), new TreeMap<>(), false));
    }

    private static RoleState role(Map<String, PolicyDocument> inline) {
        return new RoleState(
                new ObservedRole(
                        ROLE,
                        SampleRoles.IDENTITY.path(),
                        SampleRoles.ARN,
                        "AROA1",
                        "",
                        3600,
                        Optional.empty(),
                        SampleRoles.withOurs(Map.of()),
                        SampleRoles.ALLOW.fingerprint(),
                        Optional.empty()),
                ObservedPolicies.of(Set.of(), SampleRoles.fingerprints(inline)));
    }

    @Test
    void retainsProtectedPoliciesAndDeniesThatTheSpecDoesNotName() {
        Map<String, PolicyDocument> inline =
                Map.of("p", SampleRoles.DENY, "q", SampleRoles.DENY, "r", SampleRoles.ALLOW);
        DesiredRole wanted = SampleRole.withPolicies(Set.of(SampleRoles.DENY_ALL), Map.of("p", SampleRoles.DENY));

        assertThat(DenyPolicies.retained(
                        wanted,
                        ObservedPolicies.of(Set.of(SampleRoles.DENY_ALL, "arn:a"), SampleRoles.fingerprints(inline))))
                .containsExactly("q");
    }
}
