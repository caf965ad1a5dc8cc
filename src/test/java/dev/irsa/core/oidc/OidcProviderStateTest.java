package dev.irsa.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.plan.SampleCluster;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OidcProviderStateTest {
    private static final String STS = "sts.amazonaws.com";
    private static final Failure AWAY = new Failure.Passing(Reason.AwsUnavailable, "away");
    private static final OidcProviderState.Found FOUND =
            new OidcProviderState.Found("OIDC.example.com", Set.of(STS, "Vault"));
    private static final OidcProviderState.Missing MISSING =
            new OidcProviderState.Missing(List.of("oidc.example.com/"), "");
    private static final OidcProviderState UNREADABLE =
            new OidcProviderState.Unreadable(Optional.of("OIDC.example.com"));
    private static final OidcProviderState UNREADABLE_LIST = new OidcProviderState.Unreadable(Optional.empty());
    private static final OidcProviderState UNKNOWN = new OidcProviderState.Unknown(AWAY);

    private static final ClusterIdentity CLUSTER = SampleCluster.of(
            "prod",
            "id",
            new Issuer("https://oidc.example.com"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    @Test
    void allowsAudienceThatProviderAccepts() {
        assertThat(FOUND.obstacle(CLUSTER, STS)).isEmpty();
    }

    @Test
    void comparesAudienceWithCase() {
        assertThat(FOUND.obstacle(CLUSTER, "vault")).hasValueSatisfying(missing -> {
            assertThat(missing.reason()).isEqualTo(Reason.OidcProviderMissing);
            assertThat(missing.message()).contains(" is missing the audience vault; run: ");
        });
    }

    @Test
    void reportsMissingProvider() {
        assertThat(MISSING.obstacle(CLUSTER, STS)).hasValueSatisfying(missing -> {
            assertThat(missing.reason()).isEqualTo(Reason.OidcProviderMissing);
            assertThat(missing.message()).startsWith("IAM has no OIDC provider for this cluster's issuer ");
        });
    }

    @Test
    void assumesUnreadableProviderExistsWithEveryAudience() {
        assertThat(UNREADABLE.obstacle(CLUSTER, "vault")).isEmpty();
        assertThat(UNREADABLE_LIST.obstacle(CLUSTER, "vault")).isEmpty();
    }

    @Test
    void reportsFailureWhileStateIsUnknown() {
        assertThat(UNKNOWN.obstacle(CLUSTER, STS)).contains(AWAY);
    }

    @Test
    void usesSpellingOfIamIfItIsKnown() {
        assertThat(FOUND.spelled(CLUSTER)).isEqualTo(CLUSTER.withOidcProvider("OIDC.example.com"));
        assertThat(UNREADABLE.spelled(CLUSTER)).isEqualTo(CLUSTER.withOidcProvider("OIDC.example.com"));
        assertThat(UNREADABLE_LIST.spelled(CLUSTER)).isEqualTo(CLUSTER);
        assertThat(MISSING.spelled(CLUSTER)).isEqualTo(CLUSTER);
        assertThat(UNKNOWN.spelled(CLUSTER)).isEqualTo(CLUSTER);
    }

    @Test
    void guessesSpellingUntilIamReportsIt() {
        assertThat(List.of(FOUND, UNREADABLE, MISSING)).noneMatch(OidcProviderState::isAssumed);
        assertThat(List.of(UNREADABLE_LIST, UNKNOWN)).allMatch(OidcProviderState::isAssumed);
    }

    @Test
    void keepsReasonWhyOperatorCouldNotHelp() {
        assertThat(FOUND.withProblem("quota"))
                .isEqualTo(new OidcProviderState.Found("OIDC.example.com", Set.of(STS, "Vault"), "quota"));
        assertThat(MISSING.withProblem("quota"))
                .isEqualTo(new OidcProviderState.Missing(List.of("oidc.example.com/"), "quota"));
    }

    @Test
    void ignoresTroubleWhileNothingIsKnownToBeMissing() {
        assertThat(UNREADABLE.withProblem("quota")).isEqualTo(UNREADABLE);
        assertThat(UNKNOWN.withProblem("quota")).isEqualTo(UNKNOWN);
    }
}
