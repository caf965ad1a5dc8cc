package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import dev.irsa.core.policy.Admissions;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import dev.irsa.fixtures.plan.SampleRole;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A retained role keeps only what its spec asks for, and gets nothing new. */
class RetentionChangesTest {
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final DesiredRole ROLE = SampleRole.desired();
    private static final String NAME = ROLE.name();

    private final RoleState complete = ChangeEffect.created(ROLE, "AROA1");

    private static RoleState with(RoleState state, Set<String> attached, String inline, boolean onlyDenies) {
        TreeMap<String, PolicyFingerprint> all = new TreeMap<>();
        all.put(inline, new PolicyFingerprint("digest", onlyDenies, false, false, Admissions.UNKNOWN));
        return new RoleState(state.role(), new ObservedPolicies(new TreeSet<>(attached), all));
    }

    @Test
    void addsNothingThatIsMissing() {
        assertThat(RetentionChanges.of(ROLE, complete)).isEmpty();
        assertThat(RetentionChanges.of(ROLE, new RoleState(complete.role(), ObservedPolicies.NONE)))
                .isEmpty();
    }

    @Test
    void removesForeignPoliciesAndKeepsThoseThatOnlyDeny() {
        assertThat(RetentionChanges.of(ROLE, with(complete, Set.of(ADMIN), "other", false)))
                .containsExactlyInAnyOrder(new DetachRolePolicy(NAME, ADMIN), new DeleteRolePolicy(NAME, "other"));
        assertThat(RetentionChanges.of(ROLE, with(complete, Set.of(), "deny", true)))
                .isEmpty();
    }

    /** The policy that the spec has in its place is not added. */
    @Test
    void keepsADenyOfTheOperatorThatTheSpecNoLongerHas() {
        DesiredRole wrote = ROLE.protectedBy(
                ROLE.protection().remembering(new TreeMap<>(Map.of("deny", "digest")), new TreeMap<>(), false));

        assertThat(RetentionChanges.of(wrote, with(complete, Set.of(), "deny", true)))
                .isEmpty();
    }

    @Test
    void setsTheBoundaryThatItsEntitlementDemands() {
        DesiredRole bounded = ROLE.requiring(SampleRequirements.boundary("team", "arn:aws:iam::111122223333:policy/b"));

        assertThat(RetentionChanges.of(bounded, complete))
                .containsExactly(new PutRolePermissionsBoundary(NAME, "arn:aws:iam::111122223333:policy/b"));
    }

    @Test
    void shortensSessionsAndDoesNotLengthenThem() {
        ObservedRole role = complete.role();
        assertThat(RetentionChanges.of(ROLE, withSession(role, 43_200)))
                .containsExactly(new UpdateRole(NAME, ROLE.description(), 3600));
    }

    private RoleState withSession(ObservedRole role, int seconds) {
        return new RoleState(
                new ObservedRole(
                        role.name(),
                        role.path(),
                        role.arn(),
                        role.id(),
                        role.description(),
                        seconds,
                        role.boundary(),
                        role.tags(),
                        role.trust(),
                        role.offeredTrust()),
                complete.policies());
    }

    @Test
    void removesATagOfTheUserThatTheSpecNoLongerHas() {
        RoleState tagged = ChangeEffect.created(SampleRole.tagged(Map.of("team", "x")), "AROA1");

        assertThat(RetentionChanges.of(ROLE, tagged))
                .singleElement()
                .isInstanceOfSatisfying(
                        UntagRole.class, untag -> assertThat(untag.keys()).contains("team"));
    }

    @Test
    void keepsAnOfferThatWasMadeAlready() {
        TreeMap<String, String> tags = new TreeMap<>(complete.role().tags());
        tags.put("irsa.dev/adoptable-by", "prod/payments/invoices");

        assertThat(RetentionChanges.of(ROLE, new RoleState(complete.role().withTags(tags), complete.policies())))
                .noneMatch(UntagRole.class::isInstance);
    }
}
