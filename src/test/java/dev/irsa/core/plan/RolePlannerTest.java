package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RolePlannerTest {
    private static final PolicyDocument OTHER =
            PolicyDocument.parse("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}");
    private static final String NAME = SampleRoles.IDENTITY.name();
    private static final ObservedRole OURS = SampleRole.observed(SampleRoles.withOurs(Map.of()));
    private static final ObservedRole OFFERED =
            SampleRole.offered(Map.of(OwnershipTags.ADOPTABLE_BY, "prod/payments/invoices"), SampleRoles.DENY);
    private static final DesiredRole ADOPTING = SampleRole.desired(SampleRoles.IDENTITY, RoleOrigin.CREATED_OR_ADOPTED);

    @Test
    void createsRoleBeforeItsPolicies() {
        DesiredRole desired = SampleRole.withPolicies(Set.of("arn:a"), Map.of("p", SampleRoles.ALLOW));

        assertThat(RolePlanner.plan(desired, RoleObservation.ABSENT, true).changes())
                .containsExactly(
                        new CreateRole(desired),
                        new AttachRolePolicy(NAME, "arn:a"),
                        new PutRolePolicy(NAME, "p", SampleRoles.ALLOW));
    }

    @Test
    void changesNothingIfRoleIsUpToDate() {
        RoleState state = new RoleState(OURS, ObservedPolicies.NONE);

        assertThat(RolePlanner.plan(SampleRole.desired(), RoleObservation.known(state), true))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void plansFromTrustedStateAndFromWhatIamShows() {
        RoleState trusted = new RoleState(OURS, policies("arn:trusted"));
        RoleState shown = new RoleState(OURS, policies("arn:shown"));

        assertThat(RolePlanner.plan(SampleRole.desired(), RoleObservation.of(shown, Optional.of(trusted)), true)
                        .changes())
                .containsExactly(new DetachRolePolicy(NAME, "arn:trusted"), new DetachRolePolicy(NAME, "arn:shown"));
        assertThat(RolePlanner.plan(SampleRole.desired(), RoleObservation.of(shown, Optional.empty()), true)
                        .changes())
                .containsExactly(new DetachRolePolicy(NAME, "arn:shown"));
    }

    @Test
    void updatesDescriptionOrSession() {
        assertThat(update(observed("old", 3600, Optional.empty())).changes())
                .containsExactly(new UpdateRole(NAME, "", 3600));
        assertThat(update(observed("", 7200, Optional.empty())).changes())
                .containsExactly(new UpdateRole(NAME, "", 3600));
    }

    @Test
    void setsMissingBoundaryWithoutRevokingFirst() {
        DesiredRole desired = SampleRole.withPolicies(Set.of("arn:new"), Map.of("p", SampleRoles.ALLOW))
                .requiring(SampleRequirements.boundary("team", "arn:b"));
        RoleState state = new RoleState(
                OURS, ObservedPolicies.of(Set.of("arn:old"), SampleRoles.fingerprints(Map.of("p", OTHER))));

        assertThat(RolePlanner.update(desired, state).changes())
                .containsExactly(
                        new PutRolePermissionsBoundary(NAME, "arn:b"),
                        new AttachRolePolicy(NAME, "arn:new"),
                        new PutRolePolicy(NAME, "p", SampleRoles.ALLOW),
                        new DetachRolePolicy(NAME, "arn:old"));
    }

    @Test
    void revokesBeforeItReplacesBoundary() {
        DesiredRole desired = SampleRole.withPolicies(Set.of("arn:new"), Map.of("p", SampleRoles.ALLOW))
                .requiring(SampleRequirements.boundary("team", "arn:b"));
        RoleState state = new RoleState(
                observed("", 3600, Optional.of("arn:other")),
                ObservedPolicies.of(Set.of("arn:old"), SampleRoles.fingerprints(Map.of("p", OTHER))));

        assertThat(RolePlanner.update(desired, state).changes())
                .containsExactly(
                        new DetachRolePolicy(NAME, "arn:old"),
                        new DeleteRolePolicy(NAME, "p"),
                        new PutRolePermissionsBoundary(NAME, "arn:b"),
                        new AttachRolePolicy(NAME, "arn:new"),
                        new PutRolePolicy(NAME, "p", SampleRoles.ALLOW));
    }

    @Test
    void reportsBoundaryThatSpecDoesNotName() {
        assertThat(update(observed("", 3600, Optional.of("arn:b"))).obstacle())
                .contains(RoleFailure.boundaryInTheWay(NAME, "arn:b"));
    }

    @Test
    void refusesRoleOfAnotherOwner() {
        assertThat(update(SampleRole.observed(Map.of()))).satisfies(plan -> {
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.obstacle()).map(Failure::reason).contains(Reason.RoleConflict);
        });
    }

    @Test
    void claimsOfferedRoleBeforeItChangesIt() {
        Map<String, String> claim = new TreeMap<>(SampleRoles.IDENTITY.owner().tags());
        claim.put(OwnershipTags.ADOPTED, "true");

        assertThat(RolePlanner.update(ADOPTING, new RoleState(OFFERED, ObservedPolicies.NONE))
                        .changes())
                .containsExactly(
                        new TagRole(NAME, new TreeMap<>(claim)),
                        new UpdateAssumeRolePolicy(NAME, SampleRoles.ALLOW, Optional.of(SampleRoles.DENY)),
                        new UntagRole(NAME, Set.of(OwnershipTags.ADOPTABLE_BY)));
    }

    @Test
    void leavesOfferedRoleAloneIfAdoptionCannotBeCompleted() {
        ObservedRole bounded = new ObservedRole(
                OFFERED.name(),
                OFFERED.path(),
                OFFERED.arn(),
                OFFERED.id(),
                OFFERED.description(),
                OFFERED.maxSessionSeconds(),
                Optional.of("arn:b"),
                OFFERED.tags(),
                OFFERED.trust(),
                OFFERED.offeredTrust());

        assertThat(RolePlanner.update(ADOPTING, new RoleState(bounded, ObservedPolicies.NONE)))
                .isEqualTo(Plan.refused(RoleFailure.boundaryInTheWay(NAME, "arn:b")));
    }

    @Test
    void keepsAwsManagedDenyPolicies() {
        ObservedPolicies policies = policies(SampleRoles.DENY_ALL);

        assertThat(DenyPolicies.retained(SampleRole.desired(), policies)).containsExactly(SampleRoles.DENY_ALL);
        assertThat(RolePlanner.update(SampleRole.desired(), new RoleState(OURS, policies)))
                .isEqualTo(Plan.NOTHING);
    }

    private static Plan update(ObservedRole role) {
        return RolePlanner.update(SampleRole.desired(), new RoleState(role, ObservedPolicies.NONE));
    }

    private static ObservedPolicies policies(String... attached) {
        return ObservedPolicies.of(Set.of(attached), Map.of());
    }

    private static ObservedRole observed(String description, int session, Optional<String> boundary) {
        return new ObservedRole(
                NAME,
                SampleRoles.IDENTITY.path(),
                SampleRoles.ARN,
                SampleRole.ID,
                description,
                session,
                boundary,
                SampleRoles.withOurs(Map.of()),
                SampleRoles.ALLOW.fingerprint(),
                Optional.empty());
    }

    @Test
    void recognizesARoleThatDiffersOnlyInTheTagsOfEveryRole() {
        RoleState ours = new RoleState(OURS, policies());
        ConfiguredRoleTags tags = new ConfiguredRoleTags(new TreeMap<>(Map.of("cost", "a")));
        DesiredRole tagged = SampleRole.tagged(Map.of("cost", "a"));
        DesiredRole configured = new DesiredRole(
                tagged.identity(),
                tagged.description(),
                tagged.maxSessionSeconds(),
                tagged.boundary(),
                tagged.tags(),
                tagged.trust(),
                tagged.managed(),
                tagged.inline(),
                tagged.origin(),
                tags,
                tagged.protection(),
                tagged.templates(),
                tagged.required());

        assertThat(RolePlanner.changesOnlyRoleTags(configured, ours)).isTrue();
        assertThat(RolePlanner.changesOnlyRoleTags(tagged, ours))
                .as("the user's")
                .isFalse();
        assertThat(RolePlanner.changesOnlyRoleTags(SampleRole.desired(), ours))
                .as("none")
                .isFalse();
        assertThat(RolePlanner.changesOnlyRoleTags(configured.withTrust(OTHER), ours))
                .as("more")
                .isFalse();
    }
}
