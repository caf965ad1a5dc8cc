package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeEffectTest {
    private static final RoleState STATE = new RoleState(
            SampleRole.observed(Map.of("Team", "a", "b", "c")),
            ObservedPolicies.of(Set.of("arn:a"), SampleRoles.fingerprints(Map.of("p", SampleRoles.ALLOW))));

    @Test
    void createsRoleWithoutPolicies() {
        assertThat(ChangeEffect.created(
                        SampleRole.desired().requiring(SampleRequirements.boundary("team", "arn:b")), "AROA2"))
                .isEqualTo(new RoleState(
                        new ObservedRole(
                                SampleRoles.IDENTITY.name(),
                                SampleRoles.IDENTITY.path(),
                                SampleRoles.ARN,
                                "AROA2",
                                "",
                                3600,
                                Optional.of("arn:b"),
                                SampleRoles.withOurs(Map.of()),
                                SampleRoles.ALLOW.fingerprint(),
                                Optional.empty()),
                        ObservedPolicies.NONE));
    }

    @Test
    void keepsNothingOfOldRoleExceptItsIdWhenRecreated() {
        assertThat(ChangeEffect.of(new RoleChange.CreateRole(SampleRole.desired()), STATE))
                .contains(ChangeEffect.created(SampleRole.desired(), SampleRole.ID));
    }

    @Test
    void leavesNothingAfterDeletion() {
        assertThat(ChangeEffect.of(new RoleChange.DeleteRole("r"), STATE)).isEmpty();
    }

    @Test
    void setsBoundary() {
        assertThat(role(new RoleChange.PutRolePermissionsBoundary("r", "arn:b")).boundary())
                .contains("arn:b");
    }

    @Test
    void setsDescriptionAndSession() {
        assertThat(role(new RoleChange.UpdateRole("r", "text", 7200)))
                .extracting(ObservedRole::description, ObservedRole::maxSessionSeconds)
                .containsExactly("text", 7200);
    }

    @Test
    void replacesTrustPolicy() {
        var replace = new RoleChange.UpdateAssumeRolePolicy("r", SampleRoles.DENY, Optional.empty());

        assertThat(role(replace))
                .extracting(ObservedRole::trust, ObservedRole::offeredTrust)
                .containsExactly(SampleRoles.DENY.fingerprint(), Optional.empty());
    }

    @Test
    void keepsTrustPolicyToShowUntilOfferIsWithdrawn() {
        RoleState offered = new RoleState(
                SampleRole.offered(Map.of("IRSA.dev/adoptable-by", "x", "team", "a"), SampleRoles.ALLOW),
                ObservedPolicies.NONE);

        assertThat(after(new RoleChange.UpdateAssumeRolePolicy("r", SampleRoles.DENY, Optional.empty()), offered)
                        .role()
                        .offeredTrust())
                .contains(SampleRoles.DENY);
        assertThat(after(new RoleChange.UntagRole("r", Set.of("team")), offered)
                        .role()
                        .offeredTrust())
                .contains(SampleRoles.ALLOW);
        assertThat(after(new RoleChange.UntagRole("r", Set.of(OwnershipTags.ADOPTABLE_BY)), offered)
                        .role()
                        .offeredTrust())
                .isEmpty();
    }

    @Test
    void replacesTagsThatDifferInCaseAsIamDoes() {
        assertThat(role(new RoleChange.TagRole("r", new TreeMap<>(Map.of("team", "z"))))
                        .tags())
                .isEqualTo(Map.of("team", "z", "b", "c"));
        assertThat(role(new RoleChange.UntagRole("r", Set.of("TEAM"))).tags()).isEqualTo(Map.of("b", "c"));
    }

    @Test
    void changesPolicies() {
        assertThat(after(new RoleChange.AttachRolePolicy("r", "arn:b"), STATE).policies())
                .isEqualTo(ObservedPolicies.of(
                        Set.of("arn:a", "arn:b"), SampleRoles.fingerprints(Map.of("p", SampleRoles.ALLOW))));
        assertThat(after(new RoleChange.DetachRolePolicy("r", "arn:a"), STATE).policies())
                .isEqualTo(ObservedPolicies.of(Set.of(), SampleRoles.fingerprints(Map.of("p", SampleRoles.ALLOW))));
        assertThat(after(new RoleChange.PutRolePolicy("r", "p", SampleRoles.DENY), STATE)
                        .policies())
                .isEqualTo(
                        ObservedPolicies.of(Set.of("arn:a"), SampleRoles.fingerprints(Map.of("p", SampleRoles.DENY))));
        assertThat(after(new RoleChange.DeleteRolePolicy("r", "p"), STATE).policies())
                .isEqualTo(ObservedPolicies.of(Set.of("arn:a"), Map.of()));
    }

    private static ObservedRole role(RoleChange change) {
        RoleState after = after(change, STATE);
        assertThat(after.policies()).isEqualTo(STATE.policies());
        return after.role();
    }

    private static RoleState after(RoleChange change, RoleState before) {
        return ChangeEffect.of(change, before).orElseThrow();
    }
}
