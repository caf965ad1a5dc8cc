package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.desired.TemplatePolicies;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * IAM may still show the state before our last write, or a later change by another client. The planner cannot tell
 * them apart.
 */
class StaleRoleStateTest {
    private static final String NAME = SampleRoles.IDENTITY.name();

    @Test
    void writesARevertedEditWhileIamStillShowsIt() {
        Plan plan =
                update(desired(SampleRoles.ALLOW), shown(SampleRoles.DENY, "", "b"), shown(SampleRoles.ALLOW, "", "b"));

        assertThat(plan.changes())
                .containsExactly(new RoleChange.UpdateAssumeRolePolicy(NAME, SampleRoles.ALLOW, Optional.empty()));
    }

    @Test
    void repairsDriftRightAfterAWriteInAnOrderThatKeepsAccess() {
        Plan plan = update(
                desired(SampleRoles.ALLOW), shown(SampleRoles.ALLOW, "old", "b"), shown(SampleRoles.DENY, "", "other"));

        assertThat(plan.changes())
                .containsExactly(
                        new RoleChange.PutRolePermissionsBoundary(NAME, "b"),
                        new RoleChange.UpdateAssumeRolePolicy(NAME, SampleRoles.ALLOW, Optional.empty()),
                        new RoleChange.UpdateRole(NAME, "", 3600));
    }

    /**
     * Found by the simulation: the assumed state had one policy too many, and the shown state was missing the other.
     */
    @Test
    void attachesBeforeDetachingWhicheverStateRequiresIt() {
        DesiredRole desired = desired(SampleRoles.ALLOW, "arn:wanted");

        Plan plan = update(desired, withPolicies("arn:wanted", "arn:old"), withPolicies());

        assertThat(plan.changes())
                .containsExactly(
                        new RoleChange.AttachRolePolicy(NAME, "arn:wanted"),
                        new RoleChange.DetachRolePolicy(NAME, "arn:old"));
    }

    @Test
    void revokesBeforeItAddsUserTagWhicheverStateRequiresIt() {
        DesiredRole desired = SampleRole.tagged(Map.of("team", "a"));
        RoleState untagged = new RoleState(SampleRole.observed(SampleRoles.withOurs(Map.of())), ObservedPolicies.NONE);
        RoleState withPolicy =
                new RoleState(SampleRole.observed(desired.tags()), ObservedPolicies.of(Set.of("arn:old"), Map.of()));

        Plan plan = update(desired, untagged, withPolicy);

        assertThat(plan.changes())
                .containsExactly(
                        new RoleChange.DetachRolePolicy(NAME, "arn:old"),
                        new RoleChange.TagRole(
                                NAME,
                                new TreeMap<>(Map.of("team", "a", UserTags.KEY, UserTags.record(Set.of("team"))))));
    }

    @Test
    void grantsBeforeItRevokesIfOnlyRecordOfUserTagsChanges() {
        DesiredRole desired = SampleRole.tagged(Map.of("team", "a"));
        TreeMap<String, String> unrecorded = new TreeMap<>(desired.tags());
        unrecorded.remove(UserTags.KEY);
        RoleState trusted = new RoleState(SampleRole.observed(unrecorded), ObservedPolicies.NONE);
        RoleState shown =
                new RoleState(SampleRole.observed(desired.tags()), ObservedPolicies.of(Set.of("arn:old"), Map.of()));

        assertThat(update(desired, trusted, shown).changes())
                .containsExactly(
                        new RoleChange.TagRole(
                                NAME, new TreeMap<>(Map.of(UserTags.KEY, UserTags.record(Set.of("team"))))),
                        new RoleChange.DetachRolePolicy(NAME, "arn:old"));
    }

    @Test
    void reportsABlockingBoundaryInEitherState() {
        DesiredRole unbounded = new DesiredRole(
                SampleRoles.IDENTITY,
                "",
                3600,
                Optional.empty(),
                SampleRoles.withOurs(Map.of()),
                SampleRoles.ALLOW,
                new TreeSet<>(),
                new TreeMap<>(),
                RoleOrigin.CREATED,
                ConfiguredRoleTags.NONE,
                PolicyProtection.DEFAULT,
                TemplatePolicies.NONE,
                RequiredPolicies.NONE);
        RoleState free = state(SampleRoles.ALLOW, "", Optional.empty());

        assertThat(update(unbounded, free, shown(SampleRoles.ALLOW, "", "b")).obstacle())
                .contains(RoleFailure.boundaryInTheWay(NAME, "b"));
        assertThat(update(unbounded, shown(SampleRoles.ALLOW, "", "b"), free).obstacle())
                .contains(RoleFailure.boundaryInTheWay(NAME, "b"));
    }

    @Property
    void plansAsUsualWhenBothStatesAreEqual(@ForAll("desired") DesiredRole desired, @ForAll("ours") RoleState state) {
        assertThat(update(desired, state, state)).isEqualTo(RolePlanner.update(desired, state));
    }

    @Provide
    Arbitrary<DesiredRole> desired() {
        return SampleRoles.desired();
    }

    @Provide
    Arbitrary<RoleState> ours() {
        return SampleRoles.ours();
    }

    private static DesiredRole desired(PolicyDocument trust, String... managed) {
        return new DesiredRole(
                SampleRoles.IDENTITY,
                "",
                3600,
                Optional.of("b"),
                SampleRoles.withOurs(Map.of()),
                trust,
                new TreeSet<>(Set.of(managed)),
                new TreeMap<>(),
                RoleOrigin.CREATED,
                ConfiguredRoleTags.NONE,
                PolicyProtection.DEFAULT,
                TemplatePolicies.NONE,
                RequiredPolicies.NONE);
    }

    private static RoleState withPolicies(String... attached) {
        return new RoleState(shown(SampleRoles.ALLOW, "", "b").role(), ObservedPolicies.of(Set.of(attached), Map.of()));
    }

    private static RoleState shown(PolicyDocument trust, String description, String boundary) {
        return state(trust, description, Optional.of(boundary));
    }

    private static RoleState state(PolicyDocument trust, String description, Optional<String> boundary) {
        return new RoleState(
                new ObservedRole(
                        NAME,
                        "/irsa/prod/",
                        SampleRoles.ARN,
                        "AROA1",
                        description,
                        3600,
                        boundary,
                        SampleRoles.withOurs(Map.of()),
                        trust.fingerprint(),
                        Optional.empty()),
                ObservedPolicies.NONE);
    }

    private static Plan update(DesiredRole desired, RoleState trusted, RoleState shown) {
        return RolePlanner.plan(desired, RoleObservation.of(shown, Optional.of(trusted)), true);
    }
}
