package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.Digest;
import dev.irsa.fixtures.iam.ProviderRecord;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With {@code --oidc-provider=Create} the operator makes the provider and adds audiences to it, and does no more. */
class OidcProviderCreateTest {
    private static final String URL = SimulatedOperator.IDENTITY.issuer().url();
    private static final String STS = "sts.amazonaws.com";
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();

    private static ReconcileSettings settings(boolean dryRun) {
        return new ReconcileSettings(
                dryRun,
                ReconcileSettings.DEFAULT.consistencyWindow(),
                ReconcileSettings.DEFAULT.slowestRetry(),
                48,
                Set.of(STS, "vault"),
                true);
    }

    private static ReconcileHarness creating() {
        return without(settings(false));
    }

    private static ReconcileHarness without(ReconcileSettings settings) {
        ReconcileHarness trial = new ReconcileHarness(settings);
        trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        trial.apply(USUAL);
        return trial;
    }

    private static ProviderRecord provider(ReconcileHarness trial) {
        List<ProviderRecord> all = trial.operator.iam().console().providers();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void itIsMadeWithTheTagsOfTheClusterAndAllAudiencesBeforeTheFirstRole() {
        ReconcileHarness trial = creating();

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(provider(trial).arn()).isEqualTo(SimulatedOperator.PROVIDER);
        assertThat(provider(trial).audiences()).containsExactlyInAnyOrder(STS, "vault");
        assertThat(provider(trial).tags())
                .isEqualTo(Map.of(
                        "irsa.dev/cluster", "prod",
                        "irsa.dev/cluster-id", SimulatedOperator.IDENTITY.id(),
                        "irsa.dev/issuer", Digest.of(URL, 32)));
        assertThat(trial.operator.gate().awsWrites())
                .startsWith("iam:CreateOpenIDConnectProvider", "iam:CreateRole")
                .filteredOn(action -> action.contains("OpenID"))
                .hasSize(1);
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OidcProviderCreated: ")
                .contains(SimulatedOperator.PROVIDER, STS, "vault");
        assertThat(trial.operator.notices()).extracting(EventMessage::reason).containsExactly("RoleCreated");
    }

    @Test
    void anAudienceThatLacksIsAddedAndNoneTakenAway() {
        ReconcileHarness trial = new ReconcileHarness(settings(false));
        ProviderRecord before = provider(trial);
        trial.apply(USUAL + "token: {audience: vault}");

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(provider(trial).audiences()).containsAll(before.audiences()).contains("vault");
        assertThat(provider(trial).tags()).isEqualTo(before.tags());
        assertThat(trial.operator.gate().awsWrites())
                .filteredOn(action -> action.contains("OpenID"))
                .containsExactly("iam:AddClientIDToOpenIDConnectProvider");
        assertThat(trial.operator.warnings())
                .containsExactly(
                        "OidcProviderAudienceAdded: added the audience vault to " + SimulatedOperator.PROVIDER);
    }

    @Test
    void anAudienceIsAddedToOneThatIsSpelledOtherwiseToo() {
        ReconcileHarness trial = creating();
        String arn = trial.operator
                .iam()
                .console()
                .createProvider(URL.replace("oidc", "OIDC"), STS)
                .arn();

        trial.operator.settle();

        assertThat(provider(trial).arn()).isEqualTo(arn);
        assertThat(provider(trial).audiences()).containsExactly(STS, "vault");
    }

    @Test
    void atRestItCostsOneLookEachIntervalAndNoWrite() {
        ReconcileHarness trial = creating();
        trial.operator.settle();
        trial.forgetCalls();

        trial.operator.run(Duration.ofHours(1));

        assertThat(trial.operator.iam().calls().of("GetOpenIDConnectProvider")).isBetween(6, 8);
        assertThat(trial.operator.iam().calls().of("ListOpenIDConnectProviders"))
                .isZero();
        assertThat(trial.operator.iam().calls().writes()).isZero();
    }

    @Test
    void deletedByHandItIsMadeAgainOnceThatIsSureAndTheRoleStays() {
        ReconcileHarness trial = creating();
        trial.operator.settle();
        var role = trial.role();
        trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);

        trial.operator.run(INTERVAL.plusMinutes(2));

        assertThat(provider(trial).arn()).isEqualTo(SimulatedOperator.PROVIDER);
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role()).isEqualTo(role);
    }

    @Test
    void itIsNeverTakenAwayWithTheLastResource() {
        ReconcileHarness trial = creating();
        trial.operator.settle();
        trial.delete();

        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
        assertThat(provider(trial).arn()).isEqualTo(SimulatedOperator.PROVIDER);
    }

    @Test
    void whereSomebodyElseWasFasterItIsLookedAgain() {
        ReconcileHarness trial = creating();
        trial.operator.gate().before(call -> {
            if (call.action().equals("iam:CreateOpenIDConnectProvider")) {
                trial.operator.iam().console().createProvider(URL, STS);
            }
        });

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(provider(trial).audiences()).containsExactly(STS, "vault");
        assertThat(provider(trial).tags()).isEmpty();
    }

    @Test
    void whereIamSaysItExistsAndDoesNotShowItThatIsTold() {
        ReconcileHarness trial = creating();
        trial.operator
                .iam()
                .faults()
                .fail("CreateOpenIDConnectProvider", Refusal.of("EntityAlreadyExists", 409, "it exists"));

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        assertThat(trial.message()).endsWith("IAM reports that it exists but does not return it");
    }

    @Test
    void aRefusalIsToldByEveryResourceAndTriedAgainSlowly() {
        ReconcileHarness trial = creating();
        trial.operator.iam().faults().deny("CreateOpenIDConnectProvider");

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        assertThat(trial.message())
                .contains("the operator could not: the operator is not allowed to iam:CreateOpenIDConnectProvider");
        assertThat(trial.operator.iam().role(ROLE)).isEmpty();
        assertThat(trial.operator.warnings()).hasSize(1);

        trial.operator.iam().faults().none();
        trial.operator.run(ReconcileSettings.DEFAULT.slowestRetry());
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void anIssuerThatIamCannotFetchIsToldAsWhatLacks() {
        ReconcileHarness trial = creating();
        trial.operator
                .iam()
                .faults()
                .fail(
                        "CreateOpenIDConnectProvider",
                        Refusal.of("OpenIdIdpCommunicationError", 400, "Unable to connect to the provider."));

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        assertThat(trial.message()).contains("Unable to connect to the provider.");
        assertThat(trial.condition("Stalled")).isPresent();
    }

    @Test
    void aFullAccountIsTold() {
        ReconcileHarness trial = creating();
        for (int i = 0; i < 100; i++) {
            trial.operator.iam().console().createProvider("https://other.example.com/" + i, STS);
        }

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.message()).contains("OpenIdConnectProvidersPerAccount: 100");
    }

    @Test
    void anAudienceThatMayNotBeAddedStopsOnlyWhoNeedsIt() {
        ReconcileHarness trial = new ReconcileHarness(settings(false));
        trial.operator.iam().faults().deny("AddClientIDToOpenIDConnectProvider");
        trial.apply(USUAL);
        trial.operator.hands().apply(ReconcileHarness.NS, "vaulted", USUAL + "token: {audience: vault}");

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.reason("vaulted")).isEqualTo("OidcProviderMissing");
    }

    @Test
    void throttlingPassesAndIsNotToldAsLacking() {
        ReconcileHarness trial = creating();
        trial.operator.iam().faults().failNth("CreateOpenIDConnectProvider", 1, Refusal.throttling());

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.notices()).extracting(EventMessage::reason).doesNotContain("OidcProviderMissing");
    }

    @Test
    void aLostAnswerLeavesOneProvider() {
        ReconcileHarness trial = creating();
        trial.operator.iam().faults().loseAnswerOfNth("CreateOpenIDConnectProvider", 1);

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(provider(trial).audiences()).containsExactlyInAnyOrder(STS, "vault");
    }

    @Test
    void aDryRunMakesNone() {
        ReconcileHarness trial = without(settings(true));

        trial.operator.run(INTERVAL);

        assertThat(trial.operator.iam().console().providers()).isEmpty();
        assertThat(trial.operator.iam().calls().writes()).isZero();
        assertThat(trial.message()).endsWith("; with --dry-run the operator does not");
    }
}
