package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnerTest {
    private static final Owner OWNER =
            new Owner("prod", "0b8a1c52", "https://oidc.example.com/id/1", "payments/invoices", PreviousClusters.NONE);

    @Test
    void writesFourOwnershipTags() {
        assertThat(OWNER.tags())
                .containsExactly(
                        Map.entry("irsa.dev/cluster", "prod"),
                        Map.entry("irsa.dev/cluster-id", "0b8a1c52"),
                        Map.entry("irsa.dev/issuer", "45e75a3259aff4bac6787d87adadb7dd"),
                        Map.entry("irsa.dev/resource", "payments/invoices"));
    }

    @Test
    void shortensLongIssuerToTagValue() {
        Owner owner =
                new Owner("prod", "id", "https://oidc.example.com/" + "x".repeat(2000), "a/b", PreviousClusters.NONE);

        assertThat(owner.tags().get("irsa.dev/issuer")).hasSize(32).matches("[0-9a-f]+");
    }

    @Test
    void shortensLongOfferToTagValue() {
        Owner one =
                new Owner("c".repeat(100), "id", "i", "n".repeat(63) + "/" + "r".repeat(192), PreviousClusters.NONE);
        Owner other = new Owner(
                "c".repeat(100), "id", "i", "n".repeat(63) + "/" + "r".repeat(191) + "x", PreviousClusters.NONE);

        assertThat(one.offer()).hasSize(256).isNotEqualTo(other.offer());
        assertThat(new Owner("c", "id", "i", "n/" + "r".repeat(252), PreviousClusters.NONE).offer())
                .isEqualTo("c/n/" + "r".repeat(252));
    }

    @Test
    void returnsOwningResourceOfSameCluster() {
        Owner other = new Owner(OWNER.cluster(), OWNER.clusterId(), OWNER.issuer(), "shop/cart", PreviousClusters.NONE);

        assertThat(OWNER.owningResource(OWNER.tags())).contains("payments/invoices");
        assertThat(OWNER.owningResource(other.tags())).contains("shop/cart");
        assertThat(new Owner("prod", "0b8a1c52", OWNER.issuer(), "/", PreviousClusters.NONE)
                        .owningResource(other.tags()))
                .contains("shop/cart");
    }

    @Test
    void returnsOwningResourceForAnyCaseOfKeys() {
        Map<String, String> tags = new TreeMap<>(Map.of("team", "x"));
        OWNER.tags().forEach((key, value) -> tags.put(key.toUpperCase(Locale.ROOT), value));

        assertThat(OWNER.owningResource(tags)).contains("payments/invoices");
    }

    @Test
    void returnsNoOwningResourceForOtherClusterOrMissingTag() {
        for (Owner other : new Owner[] {
            new Owner("other", OWNER.clusterId(), OWNER.issuer(), OWNER.resource(), PreviousClusters.NONE),
            new Owner(OWNER.cluster(), "other", OWNER.issuer(), OWNER.resource(), PreviousClusters.NONE),
            new Owner(OWNER.cluster(), OWNER.clusterId(), "https://other", OWNER.resource(), PreviousClusters.NONE)
        }) {
            assertThat(OWNER.owningResource(other.tags())).as(other.toString()).isEmpty();
        }
        for (String key : OWNER.tags().keySet()) {
            Map<String, String> tags = new TreeMap<>(OWNER.tags());
            tags.remove(key);
            assertThat(OWNER.owningResource(tags)).as(key).isEmpty();
        }
        assertThat(OWNER.owningResource(Map.of())).isEmpty();
    }

    @Test
    void tagsWhatBelongsToClusterWithoutResource() {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.remove(OwnershipTags.RESOURCE);

        assertThat(OwnershipTags.ofCluster("prod", "0b8a1c52", "https://oidc.example.com/id/1"))
                .isEqualTo(tags);
    }

    @Test
    void listsEveryTagThatStatesOwnershipOrItsOrigin() {
        assertThat(OWNER.ownershipTagKeys())
                .containsExactly(
                        "irsa.dev/adopted",
                        "irsa.dev/cluster",
                        "irsa.dev/cluster-id",
                        "irsa.dev/issuer",
                        "irsa.dev/resource",
                        "irsa.dev/taken-from");
    }

    @Test
    void recognizesAdoptedRoleByAnyCaseOfKey() {
        assertThat(Owner.isAdopted(OWNER.tags())).isFalse();
        assertThat(Owner.isAdopted(Map.of("team", "x", "IRSA.DEV/ADOPTED", ""))).isTrue();
    }
}
