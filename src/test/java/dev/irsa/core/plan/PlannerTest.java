package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.fixtures.plan.Roles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final SortedMap<String, String> OURS = Roles.withOurs(Map.of());

    @Test
    void keepsProtectedManagedPolicies() {
        DesiredRole desired = desired()
                .protectedBy(
                        PolicyProtection.of(ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/quarantine")), 10));
        String quarantine = "arn:aws:iam::111122223333:policy/quarantine";
        ObservedPolicies policies = ObservedPolicies.of(Set.of(quarantine, quarantine + "d", Roles.DENY_ALL), Map.of());

        assertThat(Planner.leftInPlace(desired, policies)).containsExactly(quarantine, Roles.DENY_ALL);
        assertThat(Planner.update(desired, new RoleState(role(OURS, "AROA1"), policies))
                        .changes())
                .containsExactly(new RoleChange.DetachRolePolicy(Roles.IDENTITY.name(), quarantine + "d"));
    }

    @Test
    void doesNotReportDenyPoliciesOfTheSpecAsLeftInPlace() {
        DesiredRole wanted = new DesiredRole(
                Roles.IDENTITY,
                "",
                3600,
                Optional.empty(),
                OURS,
                Roles.ALLOW,
                new TreeSet<>(Set.of(Roles.DENY_ALL)),
                new TreeMap<>(Map.of("p", Roles.DENY)),
                RoleOrigin.CREATED);

        assertThat(Planner.leftInPlace(
                        wanted,
                        ObservedPolicies.of(
                                Set.of(Roles.DENY_ALL), Roles.fingerprints(Map.of("p", Roles.DENY, "q", Roles.DENY)))))
                .containsExactly("q");
    }

    @Test
    void neverTreatsAnUntaggedRoleWithAnotherIdAsOwned() {
        assertThat(decision(DeletionPolicy.Delete, role(new TreeMap<>(), "AROA1"), "AROA2"))
                .isInstanceOf(DeletionDecision.NeverOurs.class);
        assertThat(decision(DeletionPolicy.Delete, role(new TreeMap<>(), "AROA1"), ""))
                .isInstanceOf(DeletionDecision.NeverOurs.class);
    }

    @Test
    void blocksTheDeletionOfARoleThatLostItsTagsUnlessRetained() {
        ObservedRole untagged = role(new TreeMap<>(), "AROA1");

        assertThat(decision(DeletionPolicy.Delete, untagged, "AROA1")).isInstanceOf(DeletionDecision.Blocked.class);
        assertThat(decision(DeletionPolicy.Retain, untagged, "AROA1"))
                .isEqualTo(new DeletionDecision.Retained(List.of()));
    }

    @Test
    void removesTagsInTheCaseInWhichTheyExist() {
        SortedMap<String, String> tags = new TreeMap<>(OURS);
        tags.put("IRSA.DEV/User-Tags", "wh7mks");
        tags.put("Team", "payments");
        tags.put("IRSA.dev/Cluster", String.valueOf(tags.remove("irsa.dev/cluster")));

        assertThat(decision(DeletionPolicy.Retain, role(tags, "AROA1"), "AROA1"))
                .isInstanceOfSatisfying(
                        DeletionDecision.Retained.class,
                        retained -> assertThat(retained.changes())
                                .containsExactly(
                                        new RoleChange.TagRole(
                                                Roles.IDENTITY.name(),
                                                new TreeMap<>(
                                                        Map.of("irsa.dev/adoptable-by", "prod/payments/invoices"))),
                                        new RoleChange.UntagRole(
                                                Roles.IDENTITY.name(),
                                                new TreeSet<>(Set.of(
                                                        "IRSA.dev/Cluster",
                                                        "irsa.dev/cluster-id",
                                                        "irsa.dev/issuer",
                                                        "irsa.dev/resource")))));
    }

    @Test
    void keepsNothingOfTheOldRoleWhenRecreated() {
        RoleState old = new RoleState(
                role(new TreeMap<>(Map.of("backup", "daily")), "AROA1"),
                ObservedPolicies.of(Set.of("arn:a"), Roles.fingerprints(Map.of("p", Roles.ALLOW))));

        assertThat(ChangeEffect.of(new RoleChange.CreateRole(desired()), old))
                .contains(new RoleState(role(OURS, "AROA1"), ObservedPolicies.NONE));
    }

    @Test
    void replacesTagsThatDifferInCaseAsIamDoes() {
        RoleState state = new RoleState(role(new TreeMap<>(Map.of("Team", "a", "b", "c")), "x"), ObservedPolicies.NONE);
        var set = new RoleChange.TagRole("r", new TreeMap<>(Map.of("team", "z")));
        var remove = new RoleChange.UntagRole("r", Set.of("TEAM"));

        assertThat(ChangeEffect.of(set, state).orElseThrow().role().tags()).isEqualTo(Map.of("team", "z", "b", "c"));
        assertThat(ChangeEffect.of(remove, state).orElseThrow().role().tags()).isEqualTo(Map.of("b", "c"));
    }

    private static DeletionDecision decision(DeletionPolicy policy, ObservedRole role, String knownId) {
        return DeletionPlanner.of(
                Roles.IDENTITY, Optional.of(policy), role, ObservedPolicies.NONE, ProtectedPolicies.OF_AWS, knownId);
    }

    private static DesiredRole desired() {
        return new DesiredRole(
                Roles.IDENTITY,
                "",
                3600,
                Optional.empty(),
                OURS,
                Roles.ALLOW,
                new TreeSet<>(),
                new TreeMap<>(),
                RoleOrigin.CREATED);
    }

    private static ObservedRole role(SortedMap<String, String> tags, String id) {
        return new ObservedRole(
                Roles.IDENTITY.name(),
                "/irsa/prod/",
                Roles.ARN,
                id,
                "",
                3600,
                Optional.empty(),
                tags,
                Roles.ALLOW.fingerprint());
    }

    @Test
    void removesDenyPoliciesLastBeforeDeletingTheRole() {
        ObservedPolicies policies = ObservedPolicies.of(
                Set.of(Roles.DENY_ALL, "arn:aws:iam::aws:policy/AdministratorAccess"),
                Roles.fingerprints(Map.of("a-deny", Roles.DENY, "read", Roles.ALLOW)));

        assertThat(DeletionPlanner.removal("r", policies, ProtectedPolicies.OF_AWS))
                .containsExactly(
                        new RoleChange.DetachRolePolicy("r", "arn:aws:iam::aws:policy/AdministratorAccess"),
                        new RoleChange.DeleteRolePolicy("r", "read"),
                        new RoleChange.DetachRolePolicy("r", Roles.DENY_ALL),
                        new RoleChange.DeleteRolePolicy("r", "a-deny"),
                        new RoleChange.DeleteRole("r"));
    }
}
