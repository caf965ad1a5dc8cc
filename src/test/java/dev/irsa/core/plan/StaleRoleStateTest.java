package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.Roles;
import dev.irsa.fixtures.plan.SampleRole;
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
    private static final String NAME = Roles.IDENTITY.name();

    @Test
    void writesARevertedEditWhileIamStillShowsIt() {
        Plan plan = Planner.update(desired(Roles.ALLOW), shown(Roles.DENY, "", "b"), shown(Roles.ALLOW, "", "b"));

        assertThat(plan.changes())
                .containsExactly(new RoleChange.UpdateAssumeRolePolicy(NAME, Roles.ALLOW, Optional.empty()));
    }

    @Test
    void repairsDriftRightAfterAWriteInAnOrderThatKeepsAccess() {
        Plan plan =
                Planner.update(desired(Roles.ALLOW), shown(Roles.ALLOW, "old", "b"), shown(Roles.DENY, "", "other"));

        assertThat(plan.changes())
                .containsExactly(
                        new RoleChange.PutRolePermissionsBoundary(NAME, "b"),
                        new RoleChange.UpdateAssumeRolePolicy(NAME, Roles.ALLOW, Optional.empty()),
                        new RoleChange.UpdateRole(NAME, "", 3600));
    }

    /**
     * Found by the simulation: the assumed state had one policy too many, and the shown state was missing the other.
     */
    @Test
    void attachesBeforeDetachingWhicheverStateRequiresIt() {
        DesiredRole desired = desired(Roles.ALLOW, "arn:wanted");

        Plan plan = Planner.update(desired, withPolicies("arn:wanted", "arn:old"), withPolicies());

        assertThat(plan.changes())
                .containsExactly(
                        new RoleChange.AttachRolePolicy(NAME, "arn:wanted"),
                        new RoleChange.DetachRolePolicy(NAME, "arn:old"));
    }

    @Test
    void revokesBeforeItAddsUserTagWhicheverStateRequiresIt() {
        DesiredRole desired = SampleRole.tagged(Map.of("team", "a"));
        RoleState untagged = new RoleState(SampleRole.observed(Roles.withOurs(Map.of())), ObservedPolicies.NONE);
        RoleState withPolicy =
                new RoleState(SampleRole.observed(desired.tags()), ObservedPolicies.of(Set.of("arn:old"), Map.of()));

        Plan plan = Planner.update(desired, untagged, withPolicy);

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

        assertThat(Planner.update(desired, trusted, shown).changes())
                .containsExactly(
                        new RoleChange.TagRole(
                                NAME, new TreeMap<>(Map.of(UserTags.KEY, UserTags.record(Set.of("team"))))),
                        new RoleChange.DetachRolePolicy(NAME, "arn:old"));
    }

    @Test
    void reportsABlockingBoundaryInEitherState() {
        DesiredRole unbounded = new DesiredRole(
                Roles.IDENTITY,
                "",
                3600,
                Optional.empty(),
                Roles.withOurs(Map.of()),
                Roles.ALLOW,
                new TreeSet<>(),
                new TreeMap<>(),
                RoleOrigin.CREATED);
        RoleState free = state(Roles.ALLOW, "", Optional.empty());

        assertThat(Planner.update(unbounded, free, shown(Roles.ALLOW, "", "b")).obstacle())
                .contains(new RoleFailure.BoundaryInTheWay(NAME, "b"));
        assertThat(Planner.update(unbounded, shown(Roles.ALLOW, "", "b"), free).obstacle())
                .contains(new RoleFailure.BoundaryInTheWay(NAME, "b"));
    }

    @Property
    void plansAsUsualWhenBothStatesAreEqual(@ForAll("desired") DesiredRole desired, @ForAll("ours") RoleState state) {
        assertThat(Planner.update(desired, state, state)).isEqualTo(Planner.update(desired, state));
    }

    @Provide
    Arbitrary<DesiredRole> desired() {
        return Roles.desired();
    }

    @Provide
    Arbitrary<RoleState> ours() {
        return Roles.ours();
    }

    private static DesiredRole desired(PolicyDocument trust, String... managed) {
        return new DesiredRole(
                Roles.IDENTITY,
                "",
                3600,
                Optional.of("b"),
                Roles.withOurs(Map.of()),
                trust,
                new TreeSet<>(Set.of(managed)),
                new TreeMap<>(),
                RoleOrigin.CREATED);
    }

    private static RoleState withPolicies(String... attached) {
        return new RoleState(shown(Roles.ALLOW, "", "b").role(), ObservedPolicies.of(Set.of(attached), Map.of()));
    }

    private static RoleState shown(PolicyDocument trust, String description, String boundary) {
        return state(trust, description, Optional.of(boundary));
    }

    private static RoleState state(PolicyDocument trust, String description, Optional<String> boundary) {
        return new RoleState(
                new ObservedRole(
                        NAME,
                        "/irsa/prod/",
                        Roles.ARN,
                        "AROA1",
                        description,
                        3600,
                        boundary,
                        Roles.withOurs(Map.of()),
                        trust.fingerprint()),
                ObservedPolicies.NONE);
    }
}
