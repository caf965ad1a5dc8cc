package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Digest;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.text.Page;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoleDeletionPlannerTest {
    private static final String NAME = SampleRoles.IDENTITY.name();
    private static final Owner OWNER = SampleRoles.IDENTITY.owner();
    private static final String OFFER = "prod/payments/invoices";
    private static final Optional<DeletionPolicy> DEFAULT = Optional.empty();
    private static final Optional<DeletionPolicy> DELETE = Optional.of(DeletionPolicy.Delete);
    private static final Optional<DeletionPolicy> RETAIN = Optional.of(DeletionPolicy.Retain);
    private static final RoleDeletionDecision REMOVED = new RoleDeletionDecision.Removed(List.of(new DeleteRole(NAME)));
    private static final RoleDeletionDecision ALREADY_RELEASED = new RoleDeletionDecision.Retained(List.of());
    private static final ObservedRole UNTAGGED = SampleRole.observed(Map.of());
    private static final ObservedRole OFFERED = SampleRole.observed(Map.of(OwnershipTags.ADOPTABLE_BY, OFFER));

    @Test
    void deletesOwnRoleWithItsPolicies() {
        ObservedPolicies policies = ObservedPolicies.of(Set.of("arn:a"), Map.of());

        assertThat(RoleDeletionPlanner.of(
                        SampleRoles.IDENTITY,
                        DEFAULT,
                        ours(Map.of()),
                        policies,
                        ProtectedPolicies.OF_AWS,
                        List.of(),
                        ""))
                .isEqualTo(new RoleDeletionDecision.Removed(
                        List.of(new DetachRolePolicy(NAME, "arn:a"), new DeleteRole(NAME))));
    }

    @Test
    void retainsAdoptedRoleUnlessSpecSaysOtherwise() {
        ObservedRole adopted = ours(Map.of(OwnershipTags.ADOPTED, "true"));

        assertThat(decision(DEFAULT, adopted, SampleRole.ID)).isInstanceOf(RoleDeletionDecision.Retained.class);
        assertThat(decision(DELETE, adopted, SampleRole.ID)).isEqualTo(REMOVED);
    }

    @Test
    void offersReleasedRoleAndRemovesItsOwnershipTags() {
        SortedMap<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.put("IRSA.DEV/User-Tags", "wh7mks");
        tags.put("Team", "payments");
        tags.put(OwnershipTags.ADOPTED, "true");
        tags.put("IRSA.dev/Cluster", String.valueOf(tags.remove(OwnershipTags.CLUSTER)));

        assertThat(decision(RETAIN, SampleRole.observed(tags), SampleRole.ID))
                .isEqualTo(new RoleDeletionDecision.Retained(List.of(
                        new TagRole(NAME, new TreeMap<>(Map.of(OwnershipTags.ADOPTABLE_BY, OFFER))),
                        new UntagRole(
                                NAME,
                                new TreeSet<>(Set.of(
                                        "IRSA.dev/Cluster",
                                        OwnershipTags.CLUSTER_ID,
                                        OwnershipTags.ISSUER,
                                        OwnershipTags.RESOURCE,
                                        OwnershipTags.ADOPTED))))));
    }

    @Test
    void doesNotOfferReleasedRoleAgain() {
        assertThat(decision(
                        RETAIN,
                        ours(Map.of("IRSA.dev/adoptable-by", OFFER, OwnershipTags.ADOPTED, "false")),
                        SampleRole.ID))
                .isEqualTo(new RoleDeletionDecision.Retained(
                        List.of(new UntagRole(NAME, OWNER.tags().keySet()))));
    }

    @Test
    void deletesInheritedRoleOnlyIfResourceHadIt() {
        RoleIdentity replacing = identity(new PreviousClusters(Set.of("old-id"), Set.of()));
        ObservedRole inherited = SampleRole.observed(ofPreviousCluster());

        assertThat(RoleDeletionPlanner.of(
                        replacing,
                        DEFAULT,
                        inherited,
                        ObservedPolicies.NONE,
                        ProtectedPolicies.OF_AWS,
                        List.of(),
                        SampleRole.ID))
                .isEqualTo(REMOVED);
        assertThat(RoleDeletionPlanner.of(
                        replacing,
                        DEFAULT,
                        inherited,
                        ObservedPolicies.NONE,
                        ProtectedPolicies.OF_AWS,
                        List.of(),
                        "AROA2"))
                .isInstanceOf(RoleDeletionDecision.NeverOurs.class);
    }

    @Test
    void doesNotChangeRoleUnderAnotherPath() {
        String arn = "arn:aws:iam::111122223333:role/other/" + NAME;

        assertThat(decision(DELETE, SampleRole.observedAs(arn, OWNER.tags()), ""))
                .isEqualTo(new RoleDeletionDecision.NeverOurs(
                        "role " + arn + " does not belong to this resource; the operator did not change it"));
    }

    @Test
    void doesNotChangeUnknownUntaggedRole() {
        assertThat(decision(DELETE, UNTAGGED, "AROA2")).isInstanceOf(RoleDeletionDecision.NeverOurs.class);
        assertThat(decision(RETAIN, UNTAGGED, "AROA2")).isInstanceOf(RoleDeletionDecision.NeverOurs.class);
        assertThat(decision(DELETE, UNTAGGED, "")).isInstanceOf(RoleDeletionDecision.NeverOurs.class);
        assertThat(decision(DEFAULT, OFFERED, "")).isInstanceOf(RoleDeletionDecision.NeverOurs.class);
    }

    @Test
    void doesNotChangeContestedRole() {
        Map<String, String> tags = new TreeMap<>(ofPreviousCluster());
        tags.put(
                OwnershipTags.TAKEN_FROM,
                Digest.of(OWNER.clusterId() + "/" + OWNER.tags().getOrDefault(OwnershipTags.ISSUER, ""), 16));

        assertThat(decision(DEFAULT, SampleRole.observed(tags), SampleRole.ID))
                .isEqualTo(
                        new RoleDeletionDecision.NeverOurs("role " + NAME + " was taken over from this cluster by the"
                                + " cluster whose kube-system namespace has the UID old-id; the operator did not"
                                + " change it"));
    }

    @Test
    void blocksDeletionOfRoleThatLostItsTagsUnlessRetained() {
        assertThat(decision(DEFAULT, UNTAGGED, SampleRole.ID))
                .isEqualTo(new RoleDeletionDecision.Blocked("role " + NAME + " was created for this resource, but its"
                        + " ownership tags are missing, so the operator does not delete it; restore the tags, or set"
                        + " spec.deletionPolicy to Retain to keep the role" + Page.STUCK_DELETION.reference()));
        assertThat(decision(RETAIN, UNTAGGED, SampleRole.ID)).isEqualTo(ALREADY_RELEASED);
    }

    /** The process may end after it released an adopted role and before it removed the finalizer. */
    @Test
    void endsReleaseOfAdoptedRoleAfterRestart() {
        assertThat(decision(DEFAULT, OFFERED, SampleRole.ID)).isEqualTo(ALREADY_RELEASED);
        assertThat(decision(DELETE, OFFERED, SampleRole.ID)).isInstanceOf(RoleDeletionDecision.Blocked.class);
    }

    @Test
    void removesDenyPoliciesLastAndNeverDetachesProtectedOnes() {
        ObservedPolicies policies = ObservedPolicies.of(
                Set.of(SampleRoles.DENY_ALL, "arn:aws:iam::aws:policy/AdministratorAccess"),
                SampleRoles.fingerprints(Map.of("a-deny", SampleRoles.DENY, "read", SampleRoles.ALLOW)));

        assertThat(RoleDeletionPlanner.removal("r", policies, ProtectedPolicies.OF_AWS, List.of()))
                .containsExactly(
                        new DetachRolePolicy("r", "arn:aws:iam::aws:policy/AdministratorAccess"),
                        new DeleteRolePolicy("r", "read"),
                        new DeleteRolePolicy("r", "a-deny", true),
                        new DeleteRole("r"));
    }

    private static RoleDeletionDecision decision(Optional<DeletionPolicy> written, ObservedRole role, String knownId) {
        return RoleDeletionPlanner.of(
                SampleRoles.IDENTITY,
                written,
                role,
                ObservedPolicies.NONE,
                ProtectedPolicies.OF_AWS,
                List.of(),
                knownId);
    }

    private static ObservedRole ours(Map<String, String> more) {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.putAll(more);
        return SampleRole.observed(tags);
    }

    private static Map<String, String> ofPreviousCluster() {
        return new Owner(OWNER.cluster(), "old-id", OWNER.issuer(), OWNER.resource(), PreviousClusters.NONE).tags();
    }

    private static RoleIdentity identity(PreviousClusters past) {
        return new RoleIdentity(
                NAME,
                SampleRoles.IDENTITY.path(),
                SampleRoles.ARN,
                new Owner(OWNER.cluster(), OWNER.clusterId(), OWNER.issuer(), OWNER.resource(), past));
    }
}
