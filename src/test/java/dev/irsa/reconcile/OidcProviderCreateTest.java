package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.Digest;
import dev.irsa.fixtures.iam.ProviderRecord;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * With {@code --oidc-provider=Create} the operator creates the provider and adds audiences. It makes no other change
 * to it.
 */
class OidcProviderCreateTest {
    private static final String URL = SimulatedOperator.IDENTITY.issuer().url();
    private static final String STS = "sts.amazonaws.com";
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();

    private static ReconcileSettings settings(boolean dryRun) {
        return new ReconcileSettings(
                dryRun,
                DefaultSettings.RECONCILE.consistencyWindow(),
                DefaultSettings.RECONCILE.slowestRetry(),
                16,
                Set.of(STS, "vault"),
                true);
    }

    private static ReconcileHarness creating() {
        return without(settings(false));
    }

    private static ReconcileHarness without(ReconcileSettings settings) {
        ReconcileHarness harness = new ReconcileHarness(settings);
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        harness.apply(USUAL);
        return harness;
    }

    private static ProviderRecord provider(ReconcileHarness harness) {
        List<ProviderRecord> all = harness.operator.iam().console().providers();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void createsTheProviderWithTagsAndAudiencesBeforeTheFirstRole() {
        ReconcileHarness harness = creating();

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(provider(harness).arn()).isEqualTo(SimulatedOperator.PROVIDER);
        assertThat(provider(harness).audiences()).containsExactlyInAnyOrder(STS, "vault");
        assertThat(provider(harness).tags())
                .isEqualTo(Map.of(
                        "irsa.dev/cluster", "prod",
                        "irsa.dev/cluster-id", SimulatedOperator.IDENTITY.id(),
                        "irsa.dev/issuer", Digest.of(URL, 32)));
        assertThat(harness.operator.interceptor().awsWrites())
                .startsWith("iam:CreateOpenIDConnectProvider", "iam:CreateRole")
                .filteredOn(action -> action.contains("OpenID"))
                .hasSize(1);
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OidcProviderCreated: ")
                .contains(SimulatedOperator.PROVIDER, STS, "vault");
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .containsExactly("RoleCreated");
    }

    @Test
    void addsAMissingAudienceAndRemovesNone() {
        ReconcileHarness harness = new ReconcileHarness(settings(false));
        ProviderRecord before = provider(harness);
        harness.apply(USUAL + "token: {audience: vault}");

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(provider(harness).audiences())
                .containsAll(before.audiences())
                .contains("vault");
        assertThat(provider(harness).tags()).isEqualTo(before.tags());
        assertThat(harness.operator.interceptor().awsWrites())
                .filteredOn(action -> action.contains("OpenID"))
                .containsExactly("iam:AddClientIDToOpenIDConnectProvider");
        assertThat(harness.operator.warnings())
                .containsExactly(
                        "OidcProviderAudienceAdded: added the audience vault to " + SimulatedOperator.PROVIDER);
    }

    @Test
    void addsAnAudienceToAProviderWithADifferentSpelling() {
        ReconcileHarness harness = creating();
        String arn = harness.operator
                .iam()
                .console()
                .createProvider(URL.replace("oidc", "OIDC"), STS)
                .arn();

        harness.operator.settle();

        assertThat(provider(harness).arn()).isEqualTo(arn);
        assertThat(provider(harness).audiences()).containsExactly(STS, "vault");
    }

    @Test
    void readsTheProviderOncePerIntervalAndWritesNothing() {
        ReconcileHarness harness = creating();
        harness.operator.settle();
        harness.forgetCalls();

        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.operator.iam().calls().of("GetOpenIDConnectProvider"))
                .isBetween(6, 8);
        assertThat(harness.operator.iam().calls().of("ListOpenIDConnectProviders"))
                .isZero();
        assertThat(harness.operator.iam().calls().writes()).isZero();
    }

    @Test
    void createsTheProviderAgainAfterItWasDeletedByHand() {
        ReconcileHarness harness = creating();
        harness.operator.settle();
        var role = harness.role();
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);

        harness.operator.run(INTERVAL.plusMinutes(2));

        assertThat(provider(harness).arn()).isEqualTo(SimulatedOperator.PROVIDER);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role()).isEqualTo(role);
    }

    @Test
    void keepsTheProviderAfterTheLastResourceIsDeleted() {
        ReconcileHarness harness = creating();
        harness.operator.settle();
        harness.delete();

        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(provider(harness).arn()).isEqualTo(SimulatedOperator.PROVIDER);
    }

    @Test
    void readsAgainWhenAnotherClientCreatedTheProviderFirst() {
        ReconcileHarness harness = creating();
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("iam:CreateOpenIDConnectProvider")) {
                harness.operator.iam().console().createProvider(URL, STS);
            }
        });

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(provider(harness).audiences()).containsExactly(STS, "vault");
        assertThat(provider(harness).tags()).isEmpty();
    }

    @Test
    void reportsAProviderThatExistsButIsNotShown() {
        ReconcileHarness harness = creating();
        harness.operator
                .iam()
                .faults()
                .fail("CreateOpenIDConnectProvider", Refusal.of("EntityAlreadyExists", 409, "it exists"));

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        assertThat(harness.message()).endsWith("IAM reports that it exists but does not return it");
    }

    @Test
    void reportsARefusalOnEveryResourceAndRetriesSlowly() {
        ReconcileHarness harness = creating();
        harness.operator.iam().faults().deny("CreateOpenIDConnectProvider");

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        assertThat(harness.message())
                .contains(
                        "the operator could not create it: the operator may not call iam:CreateOpenIDConnectProvider");
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        assertThat(harness.operator.warnings()).hasSize(1);

        harness.operator.iam().faults().none();
        harness.operator.run(DefaultSettings.RECONCILE.slowestRetry());
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void reportsAnIssuerThatIamCannotReach() {
        ReconcileHarness harness = creating();
        harness.operator
                .iam()
                .faults()
                .fail(
                        "CreateOpenIDConnectProvider",
                        Refusal.of("OpenIdIdpCommunicationError", 400, "Unable to connect to the provider."));

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        assertThat(harness.message()).contains("Unable to connect to the provider.");
        assertThat(harness.condition("Stalled")).isPresent();
    }

    @Test
    void reportsAnExceededProviderQuota() {
        ReconcileHarness harness = creating();
        for (int i = 0; i < 100; i++) {
            harness.operator.iam().console().createProvider("https://other.example.com/" + i, STS);
        }

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.message()).contains("OpenIdConnectProvidersPerAccount: 100");
    }

    @Test
    void blocksOnlyResourcesThatNeedAnAudienceThatCannotBeAdded() {
        ReconcileHarness harness = new ReconcileHarness(settings(false));
        harness.operator.iam().faults().deny("AddClientIDToOpenIDConnectProvider");
        harness.apply(USUAL);
        harness.operator.users().apply(ReconcileHarness.NS, "vaulted", USUAL + "token: {audience: vault}");

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.reason("vaulted")).isEqualTo("OidcProviderMissing");
    }

    @Test
    void doesNotReportAMissingProviderWhileThrottled() {
        ReconcileHarness harness = creating();
        harness.operator.iam().faults().failNth("CreateOpenIDConnectProvider", 1, Refusal.throttling());

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .doesNotContain("OidcProviderMissing");
    }

    @Test
    void createsOneProviderWhenTheResponseIsLost() {
        ReconcileHarness harness = creating();
        harness.operator.iam().faults().loseAnswerOfNth("CreateOpenIDConnectProvider", 1);

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(provider(harness).audiences()).containsExactlyInAnyOrder(STS, "vault");
    }

    @Test
    void createsNoProviderInADryRun() {
        ReconcileHarness harness = without(settings(true));

        harness.operator.run(INTERVAL);

        assertThat(harness.operator.iam().console().providers()).isEmpty();
        assertThat(harness.operator.iam().calls().writes()).isZero();
        assertThat(harness.message()).endsWith("; --dry-run prevents the operator from making this change");
    }
}
