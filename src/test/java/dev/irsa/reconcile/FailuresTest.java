package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.fixtures.iam.FaultInjection;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StatusRecorder;
import dev.irsa.reconcile.status.EventMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of IAM outage in every phase. The reason reports it, the operator retries indefinitely, and it recovers
 * when the outage ends.
 */
class FailuresTest {
    /** A kind of outage and its name. */
    record Outage(String name, Consumer<FaultInjection> order, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Outage> OUTAGES = List.of(
            new Outage("throttled", FaultInjection::throttleAll, "Throttled"),
            new Outage("unknown host", FaultInjection::unreachable, "AwsUnavailable"),
            new Outage(
                    "refused connection",
                    faults -> faults.unreachable(new ConnectException("Connection refused")),
                    "AwsUnavailable"),
            new Outage("reset connection", faults -> faults.unreachable(new IOException("reset")), "AwsUnavailable"),
            new Outage("nonsense", FaultInjection::nonsense, "AwsUnavailable"),
            new Outage("500", faults -> faults.failAll(Refusal.serviceFailure()), "AwsUnavailable"),
            new Outage("502 without body", faults -> faults.failAll(Refusal.withoutBody(502)), "AwsUnavailable"),
            new Outage(
                    "an unknown code",
                    faults -> faults.failAll(Refusal.of("NeverHeardOf", 400, "what")),
                    "AwsUnavailable"),
            new Outage(
                    "expired credentials",
                    faults -> faults.failAll(Refusal.of("ExpiredToken", 403, "expired")),
                    "CredentialsUnavailable"),
            new Outage("everything denied", FailuresTest::denyAll, "AccessDenied"));

    private static void denyAll(FaultInjection faults) {
        faults.failAll(Refusal.of(
                "AccessDenied", 403, "User: arn:aws:sts::1:assumed-role/o/s is not authorized to perform: iam:Any"));
    }

    static Stream<Arguments> outages() {
        return OUTAGES.stream()
                .flatMap(outage -> Stream.of("create", "update", "delete").map(phase -> Arguments.of(outage, phase)));
    }

    @ParameterizedTest(name = "{1} while {0}")
    @MethodSource("outages")
    void reportsTheFailureAndRecovers(Outage outage, String phase) {
        ReconcileHarness harness = phase.equals("create") ? new ReconcileHarness() : ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(5));
        outage.order().accept(harness.operator.iam().faults());
        StatusRecorder reasons = StatusRecorder.of(harness);
        switch (phase) {
            case "create" -> harness.apply(USUAL);
            case "update" -> harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "Other"));
            default -> harness.delete();
        }
        harness.operator.run(Duration.ofHours(6));

        boolean deletes = phase.equals("delete");
        assertThat(harness.reason()).isEqualTo(deletes ? "DeletionBlocked" : outage.reason());
        if (deletes) {
            assertThat(harness.message()).startsWith(outage.reason() + ": ");
        }
        boolean stalled = outage.reason().equals("AccessDenied") && !deletes;
        assertThat(harness.status().conditions())
                .extracting(Condition::type)
                .containsExactlyInAnyOrder("Available", "Ready", stalled ? "Stalled" : "Reconciling");
        assertThat(reasons.statuses())
                .as("a repeated failure writes no new status")
                .hasSize(1);
        assertThat(harness.operator.operatorEvents())
                .filteredOn(EventMessage::warning)
                .hasSize(1);
        assertThat(harness.operator.isScheduled(ReconcileHarness.NS, ReconcileHarness.NAME))
                .isTrue();

        harness.operator.iam().faults().none();
        harness.operator.settle();
        if (deletes) {
            assertThat(harness.isClean()).isTrue();
        } else {
            assertThat(harness.isReady()).isTrue();
            assertThat(harness.status().conditions())
                    .extracting(Condition::type)
                    .containsExactly("Ready", "Available");
        }
    }

    /** While no sweep succeeds, roles are read one by one. Such a read may wait, but nothing else waits with it. */
    @Test
    void createsAServiceAccountThatIsDeletedDuringAnOutage() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().faults().unreachable();
        harness.operator.run(DefaultSettings.SWEEP.fallbackInterval().multipliedBy(3));
        assertThat(harness.operator.iam().calls().of("GetRole")).isPositive();

        harness.operator.users().deleteServiceAccount(ReconcileHarness.NS, ReconcileHarness.NAME);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.operator.users().serviceAccount(ReconcileHarness.NS, ReconcileHarness.NAME))
                .isPresent();
        assertThat(harness.isReady()).isTrue();
    }

    @ParameterizedTest(name = "provider is read: {0}")
    @ValueSource(booleans = {false, true})
    void createsAServiceAccountAfterAnOutageInWhichTheOperatorStarted(boolean providerIsRead) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        if (providerIsRead) {
            Stream.of("GetAccountAuthorizationDetails", "ListRoles", "GetRole")
                    .forEach(harness.operator.iam().faults()::throttle);
        } else {
            harness.operator.iam().faults().unreachable();
        }
        harness.operator.restart();
        harness.operator.run(DefaultSettings.SWEEP.fallbackInterval().multipliedBy(3));
        harness.operator.users().deleteServiceAccount(ReconcileHarness.NS, ReconcileHarness.NAME);
        harness.operator.run(Duration.ofMinutes(20));
        // Until the provider is known, nothing is done for a resource that was up to date.
        assertThat(harness.reason()).isEqualTo(providerIsRead ? "Throttled" : "Ready");

        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.operator.users().serviceAccount(ReconcileHarness.NS, ReconcileHarness.NAME))
                .isPresent();
        assertThat(harness.isReady()).isTrue();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("CreateRole", "LimitExceeded", "QuotaExceeded"),
                Arguments.of("CreateRole", "MalformedPolicyDocument", "MalformedPolicy"),
                Arguments.of("PutRolePolicy", "MalformedPolicyDocument", "MalformedPolicy"),
                Arguments.of("AttachRolePolicy", "LimitExceeded", "QuotaExceeded"),
                Arguments.of("AttachRolePolicy", "PolicyNotAttachable", "PolicyNotFound"),
                Arguments.of("CreateRole", "AccessDenied", "AccessDenied"),
                Arguments.of("AttachRolePolicy", "AccessDenied", "AccessDenied"),
                Arguments.of("PutRolePolicy", "AccessDenied", "AccessDenied"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void stallsOnFailuresThatNeedAUserAndKeepsRetrying(String action, String code, String reason) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().fail(action, Refusal.of(code, 400, "message of AWS"));
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.reason()).isEqualTo(reason);
        assertThat(harness.message()).contains("message of AWS").contains("iam:" + action);
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.condition("Reconciling")).isEmpty();
        assertThat(harness.pointer()).isEmpty();
        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofMinutes(7));
        assertThat(harness.isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UpdateRole",
                "TagRole",
                "UpdateAssumeRolePolicy",
                "PutRolePermissionsBoundary",
                "AttachRolePolicy",
                "PutRolePolicy"
            })
    void revertsAnEditWhoseResponseWasLost(String action) {
        String before = USUAL + """
                role:
                  description: old
                  tags: {team: old}
                  permissionsBoundaryARN: arn:aws:iam::111122223333:policy/old
                """;
        String edited = before.replace("old", "new")
                        .replace("[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Other]")
                        .replace("s3:GetObject", "s3:PutObject")
                + "token: {audience: other}";
        ReconcileHarness harness = ReconcileHarness.ready(before);
        RoleRecord role = harness.role();
        harness.operator.iam().faults().loseAnswerOfNth(action, 1);
        harness.apply(edited);
        harness.operator.now();
        assertThat(harness.role()).isNotEqualTo(role);
        harness.apply(before);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role()).isEqualTo(role);
    }
}
