package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Without the OIDC provider no role can be assumed: so none is made, and what is there is left as it is. */
class OidcProviderTest {
    private static final String URL = SimulatedOperator.IDENTITY.issuer().url();
    private static final String STS = "sts.amazonaws.com";
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();
    private static final Duration SLOWEST = ReconcileSettings.DEFAULT.slowestRetry();

    private static ReconcileHarness without() {
        return without(ReconcileSettings.DEFAULT);
    }

    private static ReconcileHarness without(ReconcileSettings settings) {
        ReconcileHarness trial = new ReconcileHarness(settings);
        trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        return trial;
    }

    private static ReconcileHarness waiting() {
        ReconcileHarness trial = without();
        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(1));
        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        return trial;
    }

    @Test
    void withoutItNothingIsMadeAndTheMessageSaysHowToMakeIt() {
        ReconcileHarness trial = waiting();

        assertThat(trial.message())
                .contains("eksctl utils associate-iam-oidc-provider --cluster prod --approve")
                .contains("aws iam create-open-id-connect-provider --url " + URL);
        assertThat(trial.condition("Stalled")).isPresent();
        assertThat(trial.operator.iam().calls().writes()).isZero();
        assertThat(trial.operator.gate().clusterWrites()).containsOnly("patch iamserviceaccounts/status");
        assertThat(trial.operator.warnings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("OidcProviderMissing: IAM has no");
    }

    @Test
    void madeByHandItHealsEveryResourceWithoutARestart() {
        ReconcileHarness trial = without();
        IntStream.range(0, 20).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.run(Duration.ofHours(1));
        trial.operator.iam().console().createProvider(URL, STS);

        trial.operator.run(SLOWEST);

        assertThat(IntStream.range(0, 20).mapToObj(i -> "r" + i)).allMatch(trial::isReady);
    }

    @Test
    void whileItLacksIsLookedForAsSlowlyAsOtherThingsThatNeedAPersonHoweverManyWait() {
        ReconcileHarness trial = without();
        IntStream.range(0, 20).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.run(Duration.ofMinutes(10));
        trial.forgetCalls();

        trial.operator.run(Duration.ofHours(1));

        Map<String, Integer> calls = trial.operator.iam().calls().counts();
        assertThat(calls.get("GetOpenIDConnectProvider")).isBetween(12, 16);
        assertThat(calls.get("ListOpenIDConnectProviders")).isEqualTo(calls.get("GetOpenIDConnectProvider"));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void whenItIsDeletedTheRoleStaysAndItIsTold() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        RoleRecord role = trial.role();
        trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);

        trial.operator.run(INTERVAL.plusMinutes(2));

        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        assertThat(trial.role()).isEqualTo(role);
        assertThat(trial.pointer()).contains(role.arn());
        assertThat(trial.operator.warnings()).anyMatch(warning -> warning.startsWith("OidcProviderMissing: "));
        assertThat(trial.operator.iam().calls().writes()).isZero();
    }

    @Test
    void oneAnswerThatItIsGoneIsNotBelieved() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:ListOpenIDConnectProviders")) {
                trial.operator.iam().console().createProvider(URL, STS);
            }
        });

        trial.operator.run(INTERVAL.multipliedBy(2));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.notices()).extracting(EventMessage::reason).containsExactly("RoleCreated");
        assertThat(trial.operator.warnings()).isEmpty();
    }

    @Test
    void deletionDoesNotAsk() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        trial.operator.restart();
        trial.delete();

        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void anAudienceThatItLacksStopsWhoNeedsItAndNobodyElse() {
        ReconcileHarness trial = new ReconcileHarness(settings(false, false, STS, "lacking"));
        trial.apply(USUAL + "token: {audience: lacking}");
        trial.operator.hands().apply(NS, "fine", USUAL);
        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.isReady("fine")).isTrue();
        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        assertThat(trial.message()).contains("does not have the audience lacking", "--client-id lacking");
        assertThat(trial.operator.iam().role(ROLE)).isEmpty();

        trial.operator.iam().console().addAudience(SimulatedOperator.PROVIDER, "lacking");
        trial.operator.run(INTERVAL);
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().trust()).contains("\"lacking\"");
    }

    @Test
    void anAudienceOfTheOperatorThatItLacksIsLookedForBeforeTheIntervalIsOver() {
        ReconcileHarness trial = new ReconcileHarness(settings(false, false, STS, "lacking"));
        trial.apply(USUAL + "token: {audience: lacking}");
        trial.operator.run(Duration.ofMinutes(1));
        trial.operator.iam().console().addAudience(SimulatedOperator.PROVIDER, "lacking");

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void oneThatIsSpelledOtherwiseIsTrustedAsIamSpellsIt() {
        ReconcileHarness trial = without();
        String spelled = "OIDC.eks.eu-west-1.amazonaws.com:443/id/ABC";
        trial.operator.iam().console().createProvider("https://" + spelled, STS);
        trial.apply(USUAL);

        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().trust())
                .contains("arn:aws:iam::111122223333:oidc-provider/" + spelled)
                .contains("\"" + spelled + ":sub\"")
                .contains("\"" + spelled + ":aud\"")
                .doesNotContain("oidc.eks");
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OidcProviderSpelledOtherwise: ")
                .contains(spelled);
    }

    @Test
    void oneMadeInTheSpellingOfTheIssuerTakesThePlaceOfOneThatIsSpelledOtherwise() {
        ReconcileHarness trial = without();
        trial.operator.iam().console().createProvider(URL.replace("oidc", "OIDC"), STS);
        trial.apply(USUAL);
        trial.operator.settle();
        trial.operator.iam().console().createProvider(URL, STS);

        trial.operator.run(INTERVAL);

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().trust()).contains(SimulatedOperator.PROVIDER).doesNotContain("OIDC");
    }

    @Test
    void oneWithASlashMoreIsNamedAndNotUsed() {
        ReconcileHarness trial = without();
        trial.operator.iam().console().createProvider(URL + "/", STS);
        trial.apply(USUAL);

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
        assertThat(trial.message()).contains("(oidc.eks.eu-west-1.amazonaws.com/id/ABC/ differs");
    }

    @Test
    void aSuspendedResourceAndADryRunShowItToo() {
        ReconcileHarness suspended = without();
        suspended.apply(USUAL + "suspend: true");
        suspended.operator.run(Duration.ofMinutes(1));
        assertThat(suspended.reason()).isEqualTo("OidcProviderMissing");

        ReconcileHarness dry = without(settings(true, false, STS));
        dry.apply(USUAL);
        dry.operator.run(Duration.ofMinutes(1));
        assertThat(dry.reason()).isEqualTo("OidcProviderMissing");
    }

    @Test
    void whereItMayNotBeReadTheWorkGoesOnAndItIsToldOnce() {
        ReconcileHarness trial = without();
        trial.operator.iam().faults().deny("GetOpenIDConnectProvider");
        trial.apply(USUAL);

        trial.operator.run(INTERVAL.multipliedBy(5));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OidcProviderUnreadable: ")
                .contains("iam:GetOpenIDConnectProvider", "docs/permissions.md");
    }

    @Test
    void oneThatWasFoundAndMayNoLongerBeReadIsTrustedAsBefore() {
        ReconcileHarness trial = spelledOtherwise();
        RoleRecord role = trial.role();
        trial.operator.iam().faults().deny("GetOpenIDConnectProvider");
        trial.operator.iam().faults().deny("ListOpenIDConnectProviders");

        trial.operator.run(INTERVAL.multipliedBy(3));
        trial.apply(USUAL + "role: {description: d}");
        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role()).isEqualTo(role.withDescription("d"));
        assertThat(trial.operator.warnings())
                .filteredOn(warning -> warning.startsWith("OidcProviderUnreadable: "))
                .hasSize(1);
    }

    @Test
    void oneThatMayOnlyBeListedIsTrustedAsItIsListed() {
        ReconcileHarness trial = spelledOtherwise();
        RoleRecord role = trial.role();
        trial.operator.iam().faults().deny("GetOpenIDConnectProvider");
        trial.operator.restart();
        trial.apply(USUAL + "role: {description: d}");

        trial.operator.run(INTERVAL.multipliedBy(3));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role()).isEqualTo(role.withDescription("d"));
    }

    @Test
    void whereItsSpellingCannotBeKnownAfterAStartRolesAtRestKeepTheirTrust() {
        ReconcileHarness trial = spelledOtherwise();
        RoleRecord role = trial.role();
        trial.operator.iam().faults().deny("GetOpenIDConnectProvider");
        trial.operator.iam().faults().deny("ListOpenIDConnectProviders");
        trial.operator.restart();
        trial.operator.hands().apply(NS, "new", USUAL);

        trial.operator.run(INTERVAL.multipliedBy(3));

        assertThat(trial.isReady("new")).isTrue();
        assertThat(trial.role()).isEqualTo(role);
    }

    private static ReconcileHarness spelledOtherwise() {
        ReconcileHarness trial = without();
        trial.operator.iam().console().createProvider(URL.replace("oidc", "OIDC"), STS);
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.role().trust()).contains("OIDC.eks");
        return trial;
    }

    @Test
    void whereTheOthersMayNotBeListedTheOneOfTheIssuersSpellingIsStillKnownToLack() {
        ReconcileHarness trial = without();
        trial.operator.iam().faults().deny("ListOpenIDConnectProviders");
        trial.apply(USUAL);

        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.reason()).isEqualTo("OidcProviderMissing");
    }

    @Test
    void whileAwsHasNotAnsweredANewResourceWaitsAndOneAtRestIsLeftInPeace() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().faults().throttle("GetOpenIDConnectProvider");
        trial.operator.restart();
        trial.operator.hands().apply(NS, "new", USUAL);
        trial.operator.run(Duration.ofMinutes(5));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.notices()).extracting(EventMessage::reason).doesNotContain("InternalError");
        assertThat(trial.reason("new")).isEqualTo("Throttled");
        assertThat(trial.operator.iam().role("prod_payments_new")).isEmpty();

        trial.operator.iam().faults().none();
        trial.operator.run(Duration.ofMinutes(2));
        assertThat(trial.isReady("new")).isTrue();
    }

    @Test
    void aRoleThatDriftedWhileAwsHadNotAnsweredIsRepairedOnceItHas() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().console().edit(ROLE, role -> role.withDescription("mine"));
        trial.operator.iam().faults().throttle("GetOpenIDConnectProvider");
        trial.operator.restart();
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(trial.role().description()).isEqualTo("mine");

        trial.operator.iam().faults().none();
        trial.operator.run(INTERVAL);

        assertThat(trial.role().description()).isEmpty();
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void whatWasKnownCountsWhileAwsIsAway() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.iam().faults().throttle("GetOpenIDConnectProvider");
        trial.operator.run(INTERVAL.multipliedBy(2));

        trial.apply(USUAL + "role: {description: d}");
        trial.operator.run(Duration.ofMinutes(1));

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().description()).isEqualTo("d");
    }

    @Test
    void anAnnotatedResourceIsNotWrittenWhenTheProviderIsFoundToBeAsItWas() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.hands().annotate(NS, NAME, "kubectl", Map.of("note", "v"));

        trial.operator.run(INTERVAL.multipliedBy(3));

        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    private static ReconcileSettings settings(boolean dryRun, boolean creates, String... audiences) {
        return new ReconcileSettings(
                dryRun, ReconcileSettings.DEFAULT.consistencyWindow(), SLOWEST, 48, Set.of(audiences), creates);
    }
}
