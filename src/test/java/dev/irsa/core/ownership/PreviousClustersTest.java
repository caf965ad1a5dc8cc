package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decides whether a cluster replaces the one that the tags of a role name. */
class PreviousClustersTest {
    private static final String OLD = "https://old.example.com";
    private static final String OTHER = "https://other.example.com";

    @Test
    void coversPreviousClusterWithAnyIssuer() {
        PreviousClusters previous = new PreviousClusters(Set.of("old"), Set.of());

        assertThat(previous.covers("new", "old", OwnershipTags.issuer(OLD))).isTrue();
        assertThat(previous.covers("new", "old", OwnershipTags.issuer(OTHER))).isTrue();
        assertThat(previous.covers("new", "another", OwnershipTags.issuer(OLD))).isFalse();
    }

    @Test
    void coversSameClusterWithPreviousIssuerOnly() {
        PreviousClusters previous = new PreviousClusters(Set.of("same"), Set.of(OLD));

        assertThat(previous.covers("same", "same", OwnershipTags.issuer(OLD))).isTrue();
        assertThat(previous.covers("same", "same", OwnershipTags.issuer(OTHER))).isFalse();
    }

    @Test
    void coversNothingByDefault() {
        assertThat(PreviousClusters.NONE.covers("new", "old", OwnershipTags.issuer(OLD)))
                .isFalse();
    }
}
