package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.fixtures.plan.SampleCluster;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterIdentityTest {
    private static final Issuer ISSUER = new Issuer("https://oidc.example.com/id/1");
    private static final AwsAccount ACCOUNT = new AwsAccount("aws", "111122223333", "");
    private static final PreviousClusters PAST = new PreviousClusters(Set.of("old-id"), Set.of());

    @Test
    void changesOnlySpellingOfProvider() {
        assertThat(cluster("oidc.example.com/id/1").withOidcProvider("OIDC.example.com/id/1"))
                .isEqualTo(cluster("OIDC.example.com/id/1"));
    }

    @Test
    void ownsRolesOfItsResources() {
        assertThat(cluster("x").owner("payments", "invoices"))
                .isEqualTo(new Owner("prod", "id", ISSUER.url(), "payments/invoices", PAST));
    }

    @Test
    void tagsWhatBelongsToNoSingleResource() {
        assertThat(cluster("x").tags())
                .isEqualTo(OwnershipTags.ofCluster("prod", "id", ISSUER.url()))
                .doesNotContainKey(OwnershipTags.RESOURCE);
    }

    @Test
    void trustsProvidersOfPreviousIssuersButItsOwnOnlyOnce() {
        assertThat(SampleCluster.withPrevious(
                                cluster("x"),
                                new PreviousClusters(Set.of(), Set.of(ISSUER.url(), "https://old.example.com/id/1")))
                        .previousProviders())
                .containsExactly("old.example.com/id/1");
    }

    private static ClusterIdentity cluster(String provider) {
        return SampleCluster.withPrevious(
                SampleCluster.of("prod", "id", ISSUER, ACCOUNT, "/irsa/prod/").withOidcProvider(provider), PAST);
    }
}
