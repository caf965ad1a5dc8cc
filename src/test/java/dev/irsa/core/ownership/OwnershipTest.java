package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decides the ownership of a role by its tags. */
class OwnershipTest {
    private static final Owner OWNER =
            new Owner("prod", "0b8a1c52", "https://oidc.example.com/id/1", "payments/invoices", PreviousClusters.NONE);

    @Test
    void recognizesOwnRoleByAllOwnershipTags() {
        assertThat(Ownership.of(OWNER, OWNER.tags())).isEqualTo(new Ownership.Ours());
    }

    @Test
    void ignoresUnrelatedTags() {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.put("team", "payments");
        tags.put("IRSA.DEV/cluster-old", "x");

        assertThat(Ownership.of(OWNER, tags)).isEqualTo(new Ownership.Ours());
    }

    @Test
    void ignoresCaseOfTagKeys() {
        Map<String, String> tags = new TreeMap<>();
        OWNER.tags().forEach((key, value) -> tags.put(key.toUpperCase(Locale.ROOT), value));

        assertThat(Ownership.of(OWNER, tags)).isEqualTo(new Ownership.Ours());
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa.dev/cluster", "irsa.dev/cluster-id", "irsa.dev/issuer", "irsa.dev/resource"})
    void reportsMissingOwnershipTag(String key) {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.remove(key);

        Map<String, String> present = new TreeMap<>(OWNER.tags());
        present.remove(key);
        assertThat(Ownership.of(OWNER, tags))
                .isEqualTo(new Ownership.Foreign(
                        "tag " + key + " is missing",
                        "create a resource with another spec.role.name",
                        present.keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa.dev/cluster", "irsa.dev/cluster-id", "irsa.dev/issuer", "irsa.dev/resource"})
    void reportsDifferentTagValueAsForeign(String key) {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        String ours = tags.put(key, "another");

        assertThat(Ownership.of(OWNER, tags))
                .isInstanceOfSatisfying(
                        Ownership.Foreign.class,
                        foreign -> assertThat(foreign.evidence())
                                .isEqualTo("tag " + key + " is \"another\" instead of \"" + ours + "\""));
    }

    @Test
    void comparesTagValuesWithCase() {
        Map<String, String> tags = new TreeMap<>(OWNER.tags());
        tags.put("irsa.dev/resource", "Payments/invoices");

        assertThat(Ownership.of(OWNER, tags)).isInstanceOf(Ownership.Foreign.class);
    }
}
