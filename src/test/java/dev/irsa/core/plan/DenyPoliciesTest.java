package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.Roles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DenyPoliciesTest {
    private static final String ROLE = Roles.IDENTITY.name();
    private static final PolicyDocument OLD_DENY = PolicyDocument.parse(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:Put*\",\"Resource\":\"*\"}]}");
    private static final String OLD_DIGEST = OLD_DENY.fingerprint().digest();

    @Test
    void replacesNoDenyThatTheOperatorDidNotWrite() {
        Plan plan = Planner.update(desired(Map.of("p", Roles.ALLOW), Map.of()), role(Map.of("p", Roles.DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(new RoleFailure.PolicyProtected(ROLE, "p"));
    }

    @Test
    void replacesADenyThatTheOperatorWrote() {
        DesiredRole desired = desired(Map.of("p", Roles.DENY), Map.of("p", OLD_DIGEST));

        assertThat(Planner.update(desired, role(Map.of("p", OLD_DENY))))
                .isEqualTo(Plan.of(List.of(new RoleChange.PutRolePolicy(ROLE, "p", Roles.DENY))));
    }

    @Test
    void replacesNoDenyThatReplacedTheOperatorsOwn() {
        DesiredRole desired = desired(Map.of("p", OLD_DENY), Map.of("p", OLD_DIGEST));

        assertThat(Planner.update(desired, role(Map.of("p", Roles.DENY))).obstacle())
                .contains(new RoleFailure.PolicyProtected(ROLE, "p"));
    }

    @Test
    void makesTheOtherChanges() {
        DesiredRole desired = desired(Map.of("p", Roles.ALLOW, "q", Roles.ALLOW), Map.of());

        assertThat(Planner.update(desired, role(Map.of("p", Roles.DENY))).changes())
                .containsExactly(new RoleChange.PutRolePolicy(ROLE, "q", Roles.ALLOW));
    }

    @Test
    void treatsNamesThatDifferInCaseAsOne() {
        Plan plan = Planner.update(desired(Map.of("stop", Roles.ALLOW), Map.of()), role(Map.of("STOP", Roles.DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(new RoleFailure.PolicyProtected(ROLE, "STOP"));
    }

    /** Right after a start, the trusted state has no policies, so that all are written again. */
    @Test
    void replacesNoDenyThatOnlyTheShownStateHas() {
        Plan plan = Planner.update(
                desired(Map.of("p", Roles.ALLOW, "q", Roles.ALLOW), Map.of()),
                role(Map.of()),
                role(Map.of("p", Roles.DENY, "q", Roles.ALLOW)));

        assertThat(plan.changes()).containsExactly(new RoleChange.PutRolePolicy(ROLE, "q", Roles.ALLOW));
        assertThat(plan.obstacle()).contains(new RoleFailure.PolicyProtected(ROLE, "p"));
    }

    @Test
    void replacesNoDenyThatOnlyTheTrustedStateHas() {
        Plan plan = Planner.update(
                desired(Map.of("p", Roles.ALLOW), Map.of()), role(Map.of("p", Roles.DENY)), role(Map.of()));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).contains(new RoleFailure.PolicyProtected(ROLE, "p"));
    }

    @Test
    void waitsWhileIamMayShowAnOlderDenyOfTheOperator() {
        Plan plan = Planner.update(
                desired(
                        Map.of("p", Roles.ALLOW),
                        Map.of("p", Roles.DENY.fingerprint().digest())),
                role(Map.of("p", Roles.DENY)),
                role(Map.of("p", OLD_DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).containsInstanceOf(Failure.Passing.class);
    }

    @Test
    void removesNoDenyThatReplacedAPolicyThatLeavesTheSpec() {
        Plan plan = Planner.update(
                desired(Map.of(), Map.of()), role(Map.of("p", Roles.ALLOW)), role(Map.of("p", Roles.DENY)));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.obstacle()).containsInstanceOf(Failure.Passing.class);
    }

    @Test
    void recordsOnlyTheDeniesThatThisProcessWrote() {
        DesiredRole spec = desired(Map.of("p", OLD_DENY, "q", Roles.ALLOW, "r", Roles.DENY, "x", Roles.DENY), Map.of());
        DesiredRole desired = spec.protectedBy(spec.protection()
                .remembering(
                        spec.protection().writtenDenies(),
                        new TreeMap<>(Map.of("p", OLD_DIGEST, "r", OLD_DIGEST)),
                        false));

        assertThat(DenyPolicies.written(
                        desired,
                        role(Map.of("p", OLD_DENY, "q", Roles.ALLOW, "x", Roles.DENY))
                                .policies()))
                .isEqualTo(Map.of("p", OLD_DIGEST));
    }

    @Test
    void keepsTheRecordOfADenyUntilAnotherPolicyOfThatNameIsWritten() {
        Map<String, String> before = Map.of("p", OLD_DIGEST);

        assertThat(DenyPolicies.written(
                        desired(Map.of("p", Roles.ALLOW), before),
                        role(Map.of()).policies()))
                .isEqualTo(before);
        assertThat(DenyPolicies.written(
                        desired(Map.of("p", Roles.ALLOW), before),
                        role(Map.of("p", Roles.ALLOW)).policies()))
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
                Map.of("p", Roles.ALLOW), Map.of("p", Roles.DENY.fingerprint().digest()));
        DesiredRole desired = spec.protectedBy(spec.protection()
                .remembering(spec.protection().writtenDenies(), new TreeMap<>(Map.of("p", OLD_DIGEST)), false));

        assertThat(Planner.update(desired, role(Map.of("p", OLD_DENY))))
                .isEqualTo(Plan.of(List.of(new RoleChange.PutRolePolicy(ROLE, "p", Roles.ALLOW))));
    }

    private static DesiredRole desired(Map<String, PolicyDocument> inline, Map<String, String> written) {
        return new DesiredRole(
                        Roles.IDENTITY,
                        "",
                        3600,
                        Optional.empty(),
                        Roles.withOurs(Map.of()),
                        Roles.ALLOW,
                        new TreeSet<>(),
                        new TreeMap<>(inline),
                        RoleOrigin.CREATED)
                .protectedBy(PolicyProtection.DEFAULT.remembering(new TreeMap<>(written), new TreeMap<>(), false));
    }

    private static RoleState role(Map<String, PolicyDocument> inline) {
        return new RoleState(
                new ObservedRole(
                        ROLE,
                        Roles.IDENTITY.path(),
                        Roles.ARN,
                        "AROA1",
                        "",
                        3600,
                        Optional.empty(),
                        Roles.withOurs(Map.of()),
                        Roles.ALLOW.fingerprint()),
                ObservedPolicies.of(Set.of(), Roles.fingerprints(inline)));
    }
}
