package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recognizes roles that a user with IAM permissions offers with a tag. A role with an owner cannot be adoptable. */
class OfferTest {
    private static final Owner OWNER =
            new Owner("prod", "0b8a1c52", "https://oidc.example.com/id/1", "payments/invoices", PreviousClusters.NONE);
    private static final String OFFER = "prod/payments/invoices";

    @Test
    void recognizesUnownedRoleThatNamesThisResource() {
        for (String key : new String[] {"irsa.dev/adoptable-by", "IRSA.dev/Adoptable-By"}) {
            assertThat(Ownership.of(OWNER, Map.of(key, OFFER, "team", "x")))
                    .isInstanceOfSatisfying(Ownership.Adoptable.class, adoptable -> {
                        Map<String, String> claim = new TreeMap<>(OWNER.tags());
                        claim.put("irsa.dev/adopted", "true");
                        assertThat(adoptable.claim()).isEqualTo(claim);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"test/payments/invoices", "prod/payments/invoice", "Prod/payments/invoices", "", "*"})
    void rejectsOfferToAnotherResource(String other) {
        assertThat(Ownership.of(OWNER, Map.of("irsa.dev/adoptable-by", other)))
                .isEqualTo(new Ownership.Foreign(
                        "tag irsa.dev/adoptable-by is \"" + other + "\" instead of \"" + OFFER + "\"",
                        "create a resource with another spec.role.name",
                        Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa.dev/cluster", "irsa.dev/cluster-id", "irsa.dev/issuer", "irsa.dev/resource"})
    void rejectsOfferOfRoleWithOwnershipTag(String key) {
        for (String value : new String[] {"another", OWNER.tags().getOrDefault(key, "")}) {
            Map<String, String> tags = Map.of("irsa.dev/adoptable-by", OFFER, key.toUpperCase(Locale.ROOT), value);

            assertThat(Ownership.of(OWNER, tags))
                    .isInstanceOfSatisfying(
                            Ownership.Foreign.class,
                            foreign -> assertThat(foreign.marks()).containsExactly(key));
        }
    }

    @Test
    void ownsOwnRoleThatStillHasOfferTag() {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.put("irsa.dev/adoptable-by", OFFER);

        assertThat(Ownership.of(OWNER, tags)).isEqualTo(new Ownership.Ours());
    }
}
