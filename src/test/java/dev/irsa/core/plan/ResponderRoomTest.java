package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.desired.TemplatePolicies;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponderRoomTest {
    private static final PolicyProtection RAISED = PolicyProtection.of(ProtectedPolicies.OF_AWS, 20);

    @Test
    void refusesTheLastManagedPolicyOfANewRole() {
        assertThat(RolePlanner.plan(withManaged(9), RoleObservation.ABSENT, true)
                        .obstacle())
                .isEmpty();
        assertThat(RolePlanner.plan(withManaged(10), RoleObservation.ABSENT, true))
                .isEqualTo(Plan.refused(new InvalidSpec(
                        "spec.policies.managed",
                        "10 managed policies requested, and 9 possible (IAM's quota is 10, of which 1 is kept"
                                + " free for incident response); use at most 9; if the account has a higher quota,"
                                + " start the operator with --managed-policies-per-role")));
    }

    @Test
    void followsARaisedQuotaOfTheAccount() {
        assertThat(RolePlanner.plan(withManaged(19).protectedBy(RAISED), RoleObservation.ABSENT, true)
                        .obstacle())
                .isEmpty();
        assertThat(RolePlanner.plan(withManaged(20).protectedBy(RAISED), RoleObservation.ABSENT, true)
                        .obstacle())
                .isPresent();
    }

    @Test
    void refusesTheLastCharactersOfInlinePoliciesOfANewRole() {
        assertThat(RolePlanner.plan(withInline(9728), RoleObservation.ABSENT, true)
                        .obstacle())
                .isEmpty();
        assertThat(RolePlanner.plan(withInline(9729), RoleObservation.ABSENT, true))
                .isEqualTo(Plan.refused(new InvalidSpec(
                        "spec.policies.inline",
                        "the documents have 9729 of the 10240 characters in total that IAM accepts, and the operator"
                                + " keeps 512 free for incident response; use at most 9728, or move some into a"
                                + " managed policy")));
    }

    @Test
    void leavesARoleAsItIsThatHasAllPoliciesOfItsSpec() {
        for (DesiredRole full : Set.of(withManaged(10), withInline(10_000))) {
            assertThat(RolePlanner.plan(full, RoleObservation.of(holding(full, "old"), Optional.empty()), true))
                    .isEqualTo(Plan.of(List.of(new RoleChange.UpdateRole(SampleRoles.IDENTITY.name(), "", 3600))));
        }
    }

    /** Right after a start, only the state that IAM shows has the policies. */
    @Test
    void asksEitherObservedState() {
        RoleState shown = holding(withManaged(10), "old");
        RoleState trusted = new RoleState(shown.role(), ObservedPolicies.NONE);

        assertThat(RolePlanner.plan(withManaged(10), RoleObservation.of(shown, Optional.of(trusted)), true)
                        .obstacle())
                .isEmpty();
    }

    @Test
    void refusesToFillARole() {
        assertThat(RolePlanner.plan(
                                withManaged(10),
                                RoleObservation.of(holding(withManaged(9), ""), Optional.empty()),
                                true)
                        .obstacle())
                .containsInstanceOf(InvalidSpec.class);
    }

    @Test
    void repairsARoleThatHadReachedItsSpec() {
        DesiredRole desired = withManaged(10)
                .protectedBy(PolicyProtection.DEFAULT.remembering(new TreeMap<>(), new TreeMap<>(), true));

        assertThat(RolePlanner.plan(desired, RoleObservation.of(holding(withManaged(9), ""), Optional.empty()), true)
                        .changes())
                .hasSize(1);
    }

    private static RoleState holding(DesiredRole role, String description) {
        return new RoleState(
                new ObservedRole(
                        role.name(),
                        role.identity().path(),
                        SampleRoles.ARN,
                        "AROA1",
                        description,
                        3600,
                        Optional.empty(),
                        role.tags(),
                        role.trust().fingerprint(),
                        Optional.empty()),
                SampleRoles.policies(role));
    }

    private static DesiredRole withManaged(int count) {
        return desired(
                IntStream.range(0, count)
                        .mapToObj(i -> "arn:aws:iam::aws:policy/P" + i)
                        .collect(Collectors.toSet()),
                Map.of());
    }

    private static DesiredRole withInline(int characters) {
        String frame =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"\"}}";
        String filled = frame.replace("\"\"", "\"" + "r".repeat(characters - frame.length()) + "\"");
        return desired(Set.of(), Map.of("p", PolicyDocument.parse(filled)));
    }

    private static DesiredRole desired(Set<String> managed, Map<String, PolicyDocument> inline) {
        return new DesiredRole(
                SampleRoles.IDENTITY,
                "",
                3600,
                Optional.empty(),
                SampleRoles.withOurs(Map.of()),
                SampleRoles.ALLOW,
                new TreeSet<>(managed),
                new TreeMap<>(inline),
                RoleOrigin.CREATED,
                ConfiguredRoleTags.NONE,
                PolicyProtection.DEFAULT,
                TemplatePolicies.NONE,
                RequiredPolicies.NONE);
    }
}
