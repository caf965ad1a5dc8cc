package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.text.Page;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Without the OIDC provider no pod can assume a role, so the operator creates none and leaves existing roles
 * unchanged.
 */
class OidcProviderTest {
    private static final String URL = SimulatedOperator.IDENTITY.issuer().url();
    private static final String STS = "sts.amazonaws.com";
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final Duration SLOWEST = DefaultSettings.RECONCILE.slowestRetry();

    private static ReconcileHarness without() {
        return without(DefaultSettings.RECONCILE);
    }

    private static ReconcileHarness without(ReconcileSettings settings) {
        ReconcileHarness harness = new ReconcileHarness(settings);
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        return harness;
    }

    private static ReconcileHarness waiting() {
        ReconcileHarness harness = without();
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(1));
        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        return harness;
    }

    @Test
    void createsNothingAndExplainsHowToCreateTheProvider() {
        ReconcileHarness harness = waiting();

        assertThat(harness.message())
                .contains("eksctl utils associate-iam-oidc-provider --region eu-west-1 --cluster NAME_IN_EKS --approve")
                .contains("aws iam create-open-id-connect-provider --url " + URL);
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.operator.iam().calls().writes()).isZero();
        assertThat(harness.operator.interceptor().clusterWrites()).containsOnly("patch iamserviceaccounts/status");
        assertThat(harness.operator.warnings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("OidcProviderMissing: IAM has no");
    }

    @Test
    void recoversEveryResourceWhenTheProviderIsCreatedByHand() {
        ReconcileHarness harness = without();
        IntStream.range(0, 20).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.run(Duration.ofHours(1));
        harness.operator.iam().console().createProvider(URL, STS);

        harness.operator.run(SLOWEST);

        assertThat(IntStream.range(0, 20).mapToObj(i -> "r" + i)).allMatch(harness::isReady);
    }

    @Test
    void readsAMissingProviderAtTheSlowestRetryForAnyNumberOfResources() {
        ReconcileHarness harness = without();
        IntStream.range(0, 20).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.run(Duration.ofMinutes(10));
        harness.forgetCalls();

        harness.operator.run(Duration.ofHours(1));

        Map<String, Integer> calls = harness.operator.iam().calls().counts();
        assertThat(calls.get("GetOpenIDConnectProvider")).isBetween(12, 16);
        assertThat(calls.get("ListOpenIDConnectProviders")).isEqualTo(calls.get("GetOpenIDConnectProvider"));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void keepsTheRoleAndWarnsWhenTheProviderIsDeleted() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        RoleRecord role = harness.role();
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);

        harness.operator.run(INTERVAL.plusMinutes(2));

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        assertThat(harness.role()).isEqualTo(role);
        assertThat(harness.pointer()).contains(role.arn());
        assertThat(harness.operator.warnings()).anyMatch(warning -> warning.startsWith("OidcProviderMissing: "));
        assertThat(harness.operator.iam().calls().writes()).isZero();
    }

    @Test
    void doesNotTrustASingleAbsentAnswer() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:ListOpenIDConnectProviders")) {
                harness.operator.iam().console().createProvider(URL, STS);
            }
        });

        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .containsExactly("RoleCreated");
        assertThat(harness.operator.warnings()).isEmpty();
    }

    @Test
    void deletesWithoutTheProvider() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        harness.operator.restart();
        harness.delete();

        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void blocksOnlyResourcesThatNeedAMissingAudience() {
        ReconcileHarness harness = new ReconcileHarness(settings(false, false, STS, "missing"));
        harness.apply(USUAL + "token: {audience: missing}");
        harness.operator.users().apply(NS, "fine", USUAL);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.isReady("fine")).isTrue();
        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        assertThat(harness.message()).contains("is missing the audience missing", "--client-id missing");
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();

        harness.operator.iam().console().addAudience(SimulatedOperator.PROVIDER, "missing");
        harness.operator.run(INTERVAL);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust()).contains("\"missing\"");
    }

    @Test
    void readsAgainForAMissingAudienceBeforeTheIntervalEnds() {
        ReconcileHarness harness = new ReconcileHarness(settings(false, false, STS, "missing"));
        harness.apply(USUAL + "token: {audience: missing}");
        harness.operator.run(Duration.ofMinutes(1));
        harness.operator.iam().console().addAudience(SimulatedOperator.PROVIDER, "missing");

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void trustsAProviderInTheSpellingOfIam() {
        ReconcileHarness harness = without();
        String spelled = "OIDC.eks.eu-west-1.AMAZONAWS.com/id/ABC";
        harness.operator.iam().console().createProvider("https://" + spelled, STS);
        harness.apply(USUAL);

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust())
                .contains("arn:aws:iam::111122223333:oidc-provider/" + spelled)
                .contains("\"" + spelled + ":sub\"")
                .contains("\"" + spelled + ":aud\"")
                .doesNotContain("oidc.eks");
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OidcProviderSpelledOtherwise: ")
                .contains(spelled);
    }

    @Test
    void prefersAProviderInTheSpellingOfTheIssuer() {
        ReconcileHarness harness = without();
        harness.operator.iam().console().createProvider(URL.replace("oidc", "OIDC"), STS);
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.iam().console().createProvider(URL, STS);

        harness.operator.run(INTERVAL);

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust()).contains(SimulatedOperator.PROVIDER).doesNotContain("OIDC");
    }

    @Test
    void reportsAProviderWithATrailingSlashWithoutUsingIt() {
        ReconcileHarness harness = without();
        harness.operator.iam().console().createProvider(URL + "/", STS);
        harness.apply(USUAL);

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
        assertThat(harness.message()).contains("(found oidc.eks.eu-west-1.amazonaws.com/id/ABC/;");
    }

    @Test
    void reportsAMissingProviderWhenSuspendedOrInADryRun() {
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
    void continuesAndWarnsOnceWhenTheProviderCannotBeRead() {
        ReconcileHarness harness = without();
        harness.operator.iam().faults().deny("GetOpenIDConnectProvider");
        harness.apply(USUAL);

        harness.operator.run(INTERVAL.multipliedBy(5));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OidcProviderUnreadable: ")
                .contains("iam:GetOpenIDConnectProvider", Page.PERMISSIONS.reference());
    }

    @Test
    void keepsTheKnownProviderWhenItCanNoLongerBeRead() {
        ReconcileHarness harness = withDifferentSpelling();
        RoleRecord role = harness.role();
        harness.operator.iam().faults().deny("GetOpenIDConnectProvider");
        harness.operator.iam().faults().deny("ListOpenIDConnectProviders");

        harness.operator.run(INTERVAL.multipliedBy(3));
        harness.apply(USUAL + "role: {description: d}");
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role()).isEqualTo(role.withDescription("d"));
        assertThat(harness.operator.warnings())
                .filteredOn(warning -> warning.startsWith("OidcProviderUnreadable: "))
                .hasSize(1);
    }

    @Test
    void trustsAProviderThatCanOnlyBeListed() {
        ReconcileHarness harness = withDifferentSpelling();
        RoleRecord role = harness.role();
        harness.operator.iam().faults().deny("GetOpenIDConnectProvider");
        harness.operator.restart();
        harness.apply(USUAL + "role: {description: d}");

        harness.operator.run(INTERVAL.multipliedBy(3));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role()).isEqualTo(role.withDescription("d"));
    }

    @Test
    void keepsTrustPoliciesWhenTheSpellingIsUnknownAfterARestart() {
        ReconcileHarness harness = withDifferentSpelling();
        RoleRecord role = harness.role();
        harness.operator.iam().faults().deny("GetOpenIDConnectProvider");
        harness.operator.iam().faults().deny("ListOpenIDConnectProviders");
        harness.operator.restart();
        harness.operator.users().apply(NS, "new", USUAL);

        harness.operator.run(INTERVAL.multipliedBy(3));

        assertThat(harness.isReady("new")).isTrue();
        assertThat(harness.role()).isEqualTo(role);
    }

    private static ReconcileHarness withDifferentSpelling() {
        ReconcileHarness harness = without();
        harness.operator.iam().console().createProvider(URL.replace("oidc", "OIDC"), STS);
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.role().trust()).contains("OIDC.eks");
        return harness;
    }

    @Test
    void reportsAMissingProviderWhenProvidersCannotBeListed() {
        ReconcileHarness harness = without();
        harness.operator.iam().faults().deny("ListOpenIDConnectProviders");
        harness.apply(USUAL);

        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
    }

    @Test
    void holdsOnlyNewResourcesWhileAwsDoesNotRespond() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().faults().throttle("GetOpenIDConnectProvider");
        harness.operator.restart();
        harness.operator.users().apply(NS, "new", USUAL);
        harness.operator.run(Duration.ofMinutes(5));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .doesNotContain("InternalError");
        assertThat(harness.reason("new")).isEqualTo("Throttled");
        assertThat(harness.operator.iam().role("prod_payments_new")).isEmpty();

        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofMinutes(2));
        assertThat(harness.isReady("new")).isTrue();
    }

    @Test
    void repairsDriftOnceAwsRespondsAgain() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().console().edit(ROLE, role -> role.withDescription("mine"));
        harness.operator.iam().faults().throttle("GetOpenIDConnectProvider");
        harness.operator.restart();
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.role().description()).isEqualTo("mine");

        harness.operator.iam().faults().none();
        harness.operator.run(INTERVAL);

        assertThat(harness.role().description()).isEmpty();
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void usesTheKnownProviderWhileAwsIsUnavailable() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().faults().throttle("GetOpenIDConnectProvider");
        harness.operator.run(INTERVAL.multipliedBy(2));

        harness.apply(USUAL + "role: {description: d}");
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().description()).isEqualTo("d");
    }

    @Test
    void writesNothingWhenTheProviderIsUnchanged() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("note", "v"));

        harness.operator.run(INTERVAL.multipliedBy(3));

        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    private static ReconcileSettings settings(boolean dryRun, boolean creates, String... audiences) {
        return new ReconcileSettings(
                dryRun, DefaultSettings.RECONCILE.consistencyWindow(), SLOWEST, 16, Set.of(audiences), creates);
    }
}
