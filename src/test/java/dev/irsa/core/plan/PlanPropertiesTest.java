package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlanPropertiesTest {
    @Provide
    Arbitrary<DesiredRole> desired() {
        return SampleRoles.desired();
    }

    @Provide
    Arbitrary<RoleState> ours() {
        return SampleRoles.ours();
    }

    @Property
    void planIsEmptyAfterItWasExecuted(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        RoleState after = executed(RolePlanner.update(role, seen), seen);

        assertThat(RolePlanner.update(role, after).changes()).isEmpty();
        assertThat(RolePlanner.update(role, after).obstacle())
                .isEqualTo(RolePlanner.update(role, seen).obstacle());
    }

    @Property
    void planIsEmptyAfterTheRoleWasCreated(@ForAll("desired") DesiredRole role) {
        List<Change> changes = RolePlanner.create(role).changes();
        RoleState made = ChangeEffect.created(role, "AROA1");

        assertThat(changes.getFirst()).isEqualTo(new RoleChange.CreateRole(role));
        assertThat(RolePlanner.update(role, executed(Plan.of(changes.subList(1, changes.size())), made)))
                .isEqualTo(Plan.NOTHING);
    }

    /** After a kill at any change, the next plan is the rest of the first. Nothing is done twice or skipped. */
    @Property
    void resumesAnInterruptedPlan(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        List<Change> changes = RolePlanner.update(role, seen).changes();
        RoleState state = seen;
        for (int done = 0; done < changes.size(); done++) {
            assertThat(RolePlanner.update(role, state).changes()).isEqualTo(changes.subList(done, changes.size()));
            state = after(state, changes.get(done));
        }
    }

    @Property
    void orderKeepsAccess(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        List<Change> changes = RolePlanner.update(role, seen).changes();
        boolean grantsMore = isReplaced(role, seen) || changes.stream().anyMatch(change -> addsUserTags(change, role));

        boolean lowers = seen.role().maxSessionSeconds() > role.maxSessionSeconds();
        assertThat(changes.stream()
                        .map(change -> grantsMore && lowers && change instanceof RoleChange.UpdateRole
                                ? -1
                                : deletesDeny(change) ? Integer.MAX_VALUE : rank(change, grantsMore))
                        .toList())
                .isSorted();
    }

    /** One entitlement may allow the current state and another the desired one, but none a mixture of both. */
    @Property
    void removesObsoleteAccessBeforeReplacingABoundaryOrAddingTags(
            @ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        boolean replaced = isReplaced(role, seen);
        RoleState state = seen;
        for (Change change : RolePlanner.update(role, seen).changes()) {
            state = after(state, change);
            if ((replaced && change instanceof RoleChange.PutRolePermissionsBoundary) || addsUserTags(change, role)) {
                assertThat(PolicyChanges.of(role, state.policies()).removed())
                        .allMatch(PlanPropertiesTest::deletesDeny);
                assertThat(PolicyChanges.of(role, state.policies()).replaced()).isEmpty();
                assertThat(TagChanges.of(role, state.role(), false).removed()).isEmpty();
            }
        }
    }

    /** The role has a part of what it had until the last change that revokes, and a part of what it is to have after that. */
    @Property
    void neverMixesWhatTwoEntitlementsAllow(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        boolean revoked = false;
        RoleState state = seen;
        for (Change change : RolePlanner.update(role, seen, false).changes()) {
            boolean lowers = change instanceof RoleChange.UpdateRole
                    && state.role().maxSessionSeconds() > role.maxSessionSeconds();
            boolean revokes = lowers
                    || change instanceof RoleChange.UntagRole
                    || (change instanceof RoleChange policy && policy.removesPolicy() && !deletesDeny(change));
            assertThat(revokes && revoked).as("%s", change).isFalse();
            revoked = revoked || !revokes;
            state = after(state, change);
        }
    }

    @Property
    void resumesAnInterruptedPlanThatRevokesFirst(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        RoleState state = seen;
        for (Change change : RolePlanner.update(role, seen, false).changes()) {
            state = after(state, change);
        }
        assertThat(RolePlanner.update(role, state, false).changes()).isEmpty();
    }

    private static boolean isReplaced(DesiredRole role, RoleState seen) {
        return seen.role().boundary().isPresent()
                && role.boundary()
                        .filter(wanted -> !seen.role().boundary().get().equals(wanted))
                        .isPresent();
    }

    private static boolean addsUserTags(Change change, DesiredRole role) {
        return change instanceof RoleChange.TagRole tags && tags.grantsUserTags(role);
    }

    private static int rank(Change change, boolean grantsMore) {
        return switch ((RoleChange) change) {
            case RoleChange policy when grantsMore && policy.removesPolicy() -> -2;
            case RoleChange.UntagRole old when grantsMore -> -1;
            case RoleChange.PutRolePermissionsBoundary boundary -> 0;
            case RoleChange.UpdateAssumeRolePolicy trust -> 1;
            case RoleChange.UpdateRole session -> 2;
            case RoleChange.UntagRole old -> 3;
            case RoleChange.TagRole tags -> 4;
            case RoleChange.AttachRolePolicy attach -> 5;
            case RoleChange.PutRolePolicy put -> 5;
            case RoleChange.DetachRolePolicy detach -> 6;
            case RoleChange.DeleteRolePolicy delete -> 6;
            case RoleChange.CreateRole create -> throw new AssertionError("the role is there");
            case RoleChange.DeleteRole delete -> throw new AssertionError("the role is wanted");
        };
    }

    @Property
    void keepsDenyPolicies(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        RoleState after = executed(RolePlanner.update(role, seen), seen);

        if (seen.policies().attached().contains(SampleRoles.DENY_ALL)) {
            assertThat(after.policies().attached()).contains(SampleRoles.DENY_ALL);
        }
        seen.policies().inline().forEach((name, document) -> {
            if (document.onlyDenies() && !role.protection().isWritten(name, document)) {
                assertThat(after.policies().inline()).containsEntry(name, document);
            }
        });
        Set<String> more = new TreeSet<>(after.policies().attached());
        more.addAll(after.policies().inline().keySet());
        more.removeAll(role.managed());
        more.removeAll(role.inline().keySet());
        assertThat(DenyPolicies.retained(role, seen.policies())).isEqualTo(more);
    }

    @Property
    void keepsForeignTagsAndUpdatesUserTags(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        TreeMap<String, String> expected = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        expected.putAll(seen.role().tags());
        UserTags.recorded(seen.role().tags()).forEach(expected::remove);
        expected.remove(UserTags.KEY);
        expected.putAll(role.tags());

        TreeMap<String, String> after = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        after.putAll(executed(RolePlanner.update(role, seen), seen).role().tags());

        assertThat(after).isEqualTo(expected);
    }

    @Property
    void replacesABoundaryButNeverRemovesIt(@ForAll("desired") DesiredRole role, @ForAll("ours") RoleState seen) {
        Plan plan = RolePlanner.update(role, seen);

        assertThat(executed(plan, seen).role().boundary())
                .isEqualTo(role.boundary().or(() -> seen.role().boundary()));
        if (DenyPolicies.foreign(role, seen.policies()).stream()
                .anyMatch(name -> role.inline().containsKey(name))) {
            assertThat(plan.obstacle().map(Failure::reason)).contains(Reason.PolicyProtected);
            return;
        }
        assertThat(plan.obstacle().map(Failure::message).orElse(""))
                .contains(role.boundary().isEmpty() ? seen.role().boundary().orElse("") : "");
        assertThat(plan.obstacle().isPresent())
                .isEqualTo(role.boundary().isEmpty() && seen.role().boundary().isPresent());
    }

    /**
     * The operator's AWS policy may allow changes of the trust policy only on roles with the boundary. IAM may show either of
     * two states. With an obstacle in the trusted one, the other is planned for once it is certain.
     */
    @Property
    void setsTheBoundaryBeforeTheTrustPolicy(
            @ForAll("desired") DesiredRole role, @ForAll("ours") RoleState trusted, @ForAll("ours") RoleState shown) {
        Assume.that(RolePlanner.update(role, trusted).obstacle().isEmpty());
        List<Change> changes = RolePlanner.plan(role, RoleObservation.of(shown, Optional.of(trusted)), true)
                .changes();
        for (List<Change> order : List.of(changes, ChangeOrder.FREE_QUOTA_FIRST.sort(changes, RequiredPolicies.NONE))) {
            for (RoleState before : List.of(trusted, shown)) {
                RoleState state = before;
                for (Change change : order) {
                    if (change instanceof RoleChange.UpdateAssumeRolePolicy) {
                        assertThat(state.role().boundary())
                                .isEqualTo(role.boundary().or(before.role()::boundary));
                    }
                    state = after(state, change);
                }
            }
        }
    }

    @Property
    void removesEverythingBeforeDeletingTheRole(@ForAll("ours") RoleState seen) {
        List<RoleChange> removal = RoleDeletionPlanner.removal(
                SampleRoles.IDENTITY.name(), seen.policies(), ProtectedPolicies.OF_AWS, List.of());
        RoleState last = executed(Plan.of(removal.subList(0, removal.size() - 1)), seen);

        // A protected policy is never detached.
        assertThat(last.policies().attached()).allMatch(ProtectedPolicies.OF_AWS::protects);
        assertThat(last.policies().inline()).isEmpty();
        assertThat(removal.getLast()).isEqualTo(new RoleChange.DeleteRole(SampleRoles.IDENTITY.name()));
        assertThat(ChangeEffect.of(removal.getLast(), last)).isEmpty();
    }

    private static RoleState executed(Plan plan, RoleState before) {
        RoleState state = before;
        for (Change change : new ArrayList<>(plan.changes())) {
            state = after(state, change);
        }
        return state;
    }

    private static RoleState after(RoleState state, Change change) {
        return ChangeEffect.of((RoleChange) change, state).orElseThrow();
    }

    private static boolean deletesDeny(Change change) {
        return change instanceof RoleChange.DeleteRolePolicy delete && delete.onlyDenies();
    }
}
