package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.Digest;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.text.Page;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoleOwnershipCheckTest {
    private static final String NAME = SampleRoles.IDENTITY.name();
    private static final Owner OWNER = SampleRoles.IDENTITY.owner();
    private static final Map<String, String> OFFER = Map.of(OwnershipTags.ADOPTABLE_BY, "prod/payments/invoices");
    private static final DesiredRole CREATED = SampleRole.desired();
    private static final DesiredRole ADOPTING = SampleRole.desired(SampleRoles.IDENTITY, RoleOrigin.CREATED_OR_ADOPTED);

    /** The same resource in a cluster that replaces the one with the id {@code old-id}. */
    private static final DesiredRole REPLACING = SampleRole.desired(
            new RoleIdentity(
                    NAME,
                    SampleRoles.IDENTITY.path(),
                    SampleRoles.ARN,
                    new Owner(
                            OWNER.cluster(),
                            OWNER.clusterId(),
                            OWNER.issuer(),
                            OWNER.resource(),
                            new PreviousClusters(Set.of("old-id"), Set.of()))),
            RoleOrigin.CREATED);

    private static final ObservedRole OURS = SampleRole.observed(OWNER.tags());
    private static final ObservedRole UNTAGGED = SampleRole.observed(Map.of());
    private static final ObservedRole OFFERED = SampleRole.observed(OFFER);
    private static final ObservedRole OF_PREVIOUS_CLUSTER = SampleRole.observed(tagsOfPreviousCluster());
    private static final ObservedRole CONTESTED = SampleRole.observed(tagsOfContestedRole());

    @Test
    void ownsRoleWithItsTagsAndArn() {
        assertThat(RoleOwnershipCheck.isOurs(CREATED, OURS)).isTrue();
        assertThat(RoleOwnershipCheck.isOurs(CREATED, UNTAGGED)).isFalse();
        assertThat(RoleOwnershipCheck.isOurs(CREATED, SampleRole.observedAs(SampleRoles.ARN + "x", OWNER.tags())))
                .isFalse();
    }

    @Test
    void knowsRolesThatAreOfferedToResourcesThatAdopt() {
        assertThat(RoleOwnershipCheck.isOffered(ADOPTING, OFFERED)).isTrue();
        assertThat(RoleOwnershipCheck.isOffered(CREATED, OFFERED)).isFalse();
        assertThat(RoleOwnershipCheck.isOffered(ADOPTING, SampleRole.observedAs(SampleRoles.ARN + "x", OFFER)))
                .isFalse();
        for (ObservedRole role : List.of(OURS, UNTAGGED, OF_PREVIOUS_CLUSTER, CONTESTED)) {
            assertThat(RoleOwnershipCheck.isOffered(ADOPTING, role)).isFalse();
        }
    }

    @Test
    void allowsChangesToOwnAndInheritedRole() {
        assertThat(RoleOwnershipCheck.conflict(CREATED, OURS)).isEmpty();
        assertThat(RoleOwnershipCheck.conflict(REPLACING, OF_PREVIOUS_CLUSTER)).isEmpty();
    }

    @Test
    void refusesRoleUnderAnotherPath() {
        ObservedRole elsewhere = SampleRole.observedAs("arn:aws:iam::111122223333:role/other/" + NAME, OWNER.tags());

        assertThat(message(ADOPTING, elsewhere))
                .isEqualTo("role " + NAME + " exists as arn:aws:iam::111122223333:role/other/" + NAME
                        + ", and role names are unique in an account regardless of case and path;"
                        + " create a resource with another spec.role.name");
    }

    @Test
    void allowsOfferedRoleOnlyIfSpecAdopts() {
        assertThat(RoleOwnershipCheck.conflict(ADOPTING, OFFERED)).isEmpty();
        assertThat(RoleOwnershipCheck.conflict(SampleRole.desired(SampleRoles.IDENTITY, RoleOrigin.ADOPTED), OFFERED))
                .isEmpty();
        assertThat(message(CREATED, OFFERED))
                .isEqualTo("role " + NAME + " exists and is offered to this resource by the tag irsa.dev/adoptable-by;"
                        + " to accept it, set spec.role.adoption to IfOffered" + Page.ROLE_CONFLICT.reference());
    }

    @Test
    void refusesRoleThatAnotherClusterTookOver() {
        String commands =
                "role " + NAME + " was taken over from this cluster by the cluster whose kube-system namespace"
                        + " has the UID old-id; to let this cluster take it over anyway, run:"
                        + " aws iam untag-role --role-name " + NAME + " --tag-keys irsa.dev/taken-from";

        assertThat(message(CREATED, CONTESTED))
                .isEqualTo(commands + "; then run the operator with --previous-cluster-id=old-id"
                        + Page.ROLE_CONFLICT.reference());
        assertThat(message(REPLACING, CONTESTED)).isEqualTo(commands + "" + Page.ROLE_CONFLICT.reference());
    }

    @Test
    void namesResourceThatOwnsRole() {
        Owner ledger =
                new Owner(OWNER.cluster(), OWNER.clusterId(), OWNER.issuer(), "payments/ledger", PreviousClusters.NONE);

        assertThat(message(CREATED, SampleRole.observed(ledger.tags())))
                .isEqualTo("role " + NAME + " exists and is owned by IamServiceAccount payments/ledger (tag"
                        + " irsa.dev/resource is \"payments/ledger\" instead of \"payments/invoices\"); create a"
                        + " resource with another spec.role.name" + Page.ROLE_CONFLICT.reference());
    }

    @Test
    void refusesUntaggedRole() {
        assertThat(message(CREATED, UNTAGGED))
                .isEqualTo("role " + NAME + " exists but this resource does not manage it (tag irsa.dev/cluster is"
                        + " missing); create a resource with another"
                        + " spec.role.name, or adopt it with spec.role.adoption: IfOffered and a spec.deletionPolicy"
                        + Page.ROLE_CONFLICT.reference());
    }

    @Test
    void reportsCommandThatOffersRoleToAdoptingResource() {
        String offer = "aws iam tag-role --role-name " + NAME
                + " --tags Key=irsa.dev/adoptable-by,Value=prod/payments/invoices" + Page.ROLE_CONFLICT.reference();

        assertThat(message(ADOPTING, UNTAGGED)).endsWith("; to adopt it, run: " + offer);
        assertThat(message(
                        ADOPTING,
                        SampleRole.observed(
                                Map.of(OwnershipTags.CLUSTER, "test", OwnershipTags.RESOURCE, "shop/cart"))))
                .endsWith("; to adopt it, run: aws iam untag-role --role-name " + NAME
                        + " --tag-keys irsa.dev/cluster irsa.dev/resource && " + offer);
    }

    @Test
    void madeRoleOfThisOrPreviousCluster() {
        assertThat(RoleOwnershipCheck.isOursOrPredecessors(CREATED, OURS)).isTrue();
        assertThat(RoleOwnershipCheck.isOursOrPredecessors(REPLACING, OF_PREVIOUS_CLUSTER))
                .isTrue();
        assertThat(RoleOwnershipCheck.isOursOrPredecessors(ADOPTING, OFFERED)).isFalse();
        assertThat(RoleOwnershipCheck.isOursOrPredecessors(REPLACING, CONTESTED))
                .isFalse();
        assertThat(RoleOwnershipCheck.isOursOrPredecessors(CREATED, UNTAGGED)).isFalse();
    }

    @Test
    void claimsOfferedAndInheritedRole() {
        Map<String, String> adopted = new TreeMap<>(OWNER.tags());
        adopted.put(OwnershipTags.ADOPTED, "true");

        assertThat(RoleOwnershipCheck.claim(ADOPTING, OFFERED).orElseThrow()).satisfies(claim -> {
            assertThat(claim.roleName()).isEqualTo(NAME);
            assertThat(claim.tags()).isEqualTo(adopted);
            assertThat(claim.adopts()).isTrue();
        });
        assertThat(RoleOwnershipCheck.claim(REPLACING, OF_PREVIOUS_CLUSTER).orElseThrow())
                .satisfies(claim -> {
                    assertThat(claim.roleName()).isEqualTo(NAME);
                    assertThat(claim.tags()).containsAllEntriesOf(OWNER.tags()).containsKey(OwnershipTags.TAKEN_FROM);
                    assertThat(claim.adopts()).isFalse();
                });
    }

    @Test
    void claimsNoOtherRole() {
        assertThat(RoleOwnershipCheck.claim(CREATED, OURS)).isEmpty();
        assertThat(RoleOwnershipCheck.claim(REPLACING, CONTESTED)).isEmpty();
        assertThat(RoleOwnershipCheck.claim(ADOPTING, UNTAGGED)).isEmpty();
    }

    private static String message(DesiredRole desired, ObservedRole role) {
        Optional<Failure> conflict = RoleOwnershipCheck.conflict(desired, role);
        assertThat(conflict).map(Failure::reason).contains(Reason.RoleConflict);
        return conflict.orElseThrow().message();
    }

    private static Map<String, String> tagsOfPreviousCluster() {
        return new Owner(OWNER.cluster(), "old-id", OWNER.issuer(), OWNER.resource(), PreviousClusters.NONE).tags();
    }

    /** The history of the role contains this cluster. */
    private static Map<String, String> tagsOfContestedRole() {
        Map<String, String> tags = new TreeMap<>(tagsOfPreviousCluster());
        String issuer = OWNER.tags().getOrDefault(OwnershipTags.ISSUER, "");
        tags.put(OwnershipTags.TAKEN_FROM, Digest.of(OWNER.clusterId() + "/" + issuer, 16));
        return tags;
    }
}
