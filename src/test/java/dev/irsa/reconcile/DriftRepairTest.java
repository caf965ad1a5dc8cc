package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator repairs every change to its roles within one sweep interval and a known number of calls. */
class DriftRepairTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final String SPEC = USUAL + """
            role:
              description: reads invoices
              maxSessionDurationSeconds: 7200
              permissionsBoundaryARN: arn:aws:iam::111122223333:policy/bound
              tags: {team: payments}
            """;
    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final String DENY = ALLOW.replace("Allow", "Deny");
    private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    private static final List<String> LISTS = List.of("ListAttachedRolePolicies", "ListRolePolicies", "GetRolePolicy");

    record Drift(String part, UnaryOperator<RoleRecord> edit, String note, List<String> calls) {
        static Drift of(String part, UnaryOperator<RoleRecord> edit, String note, String... calls) {
            return new Drift(
                    part,
                    edit,
                    note,
                    Stream.concat(Stream.of("GetRole"), Stream.of(calls)).toList());
        }

        /** The operator reads a foreign policy again before it removes it. */
        static Drift foreign(String part, UnaryOperator<RoleRecord> edit, String note, String... more) {
            return new Drift(
                    part,
                    edit,
                    note,
                    Stream.of(Stream.of("GetRole"), LISTS.stream(), Stream.of(more))
                            .flatMap(calls -> calls)
                            .toList());
        }

        @Override
        public String toString() {
            return part;
        }
    }

    static Stream<Drift> drifts() {
        return Stream.of(
                Drift.of(
                        "trust",
                        role -> role.withTrust(role.trust().replace("sts.amazonaws.com", "anybody")),
                        "set the trust policy of role " + ROLE,
                        "UpdateAssumeRolePolicy"),
                Drift.of(
                        "managed policy detached",
                        role -> role.withoutAttached(S3),
                        "attached policy " + S3,
                        "AttachRolePolicy"),
                Drift.foreign(
                        "foreign managed policy",
                        role -> role.withAttached(ADMIN),
                        "detached policy " + ADMIN,
                        "DetachRolePolicy"),
                Drift.of(
                        "inline policy changed",
                        role -> role.withInline("read", ALLOW),
                        "put inline policy read",
                        "GetRolePolicy",
                        "PutRolePolicy"),
                Drift.of(
                        "inline policy removed",
                        role -> role.withoutInline("read"),
                        "put inline policy read",
                        "GetRolePolicy",
                        "PutRolePolicy"),
                Drift.foreign(
                        "foreign inline policy",
                        role -> role.withInline("backdoor", ALLOW),
                        "deleted inline policy backdoor",
                        "GetRolePolicy",
                        "DeleteRolePolicy"),
                Drift.of(
                        "boundary removed",
                        RoleRecord::withoutBoundary,
                        "set the permissions boundary of role " + ROLE,
                        "PutRolePermissionsBoundary"),
                Drift.of(
                        "boundary replaced",
                        role -> role.withBoundary("arn:aws:iam::111122223333:policy/wide"),
                        "set the permissions boundary of role " + ROLE,
                        "PutRolePermissionsBoundary"),
                Drift.of("session", role -> role.withMaxSessionSeconds(43200), "7200 s", "UpdateRole"),
                Drift.of("description", role -> role.withDescription("mine"), "\"reads invoices\"", "UpdateRole"),
                Drift.of("description removed", role -> role.withDescription(""), "\"reads invoices\"", "UpdateRole"),
                Drift.of("tag missing", role -> role.withoutTag("team"), "team=payments", "TagRole"),
                Drift.of("tag's value", role -> role.withTag("team", "other"), "team=payments", "TagRole"),
                Drift.of(
                        "record of user tags missing",
                        role -> role.withoutTag("irsa.dev/user-tags"),
                        "irsa.dev/user-tags",
                        "TagRole"));
    }

    /** Ready, and unchanged for longer than IAM takes to propagate a write. */
    private static ReconcileHarness upToDate() {
        ReconcileHarness harness = ReconcileHarness.ready(SPEC);
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        return harness;
    }

    @ParameterizedTest
    @MethodSource("drifts")
    void repairsDriftWithinOneIntervalAndRecordsAnEvent(Drift drift) {
        ReconcileHarness harness = upToDate();
        RoleRecord before = harness.role();
        var status = harness.status();
        int reported = harness.operator.operatorEvents().size();
        assertThat(harness.operator.iam().console().edit(ROLE, drift.edit())).isNotEqualTo(before);

        harness.operator.run(INTERVAL);

        assertThat(withoutIdentity(harness.role())).isEqualTo(withoutIdentity(before));
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactlyElementsOf(
                        drift.calls().stream().map(call -> call + " " + ROLE).toList());
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertThat(harness.status()).isEqualTo(status);
        assertThat(harness.operator
                        .operatorEvents()
                        .subList(reported, harness.operator.operatorEvents().size()))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.reason()).isEqualTo("DriftRepaired");
                    assertThat(notice.warning()).isFalse();
                    assertThat(notice.note()).contains(drift.note());
                });

        harness.forgetCalls();
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void recreatesARoleDeletedByHandAndRecordsItAsDrift() {
        ReconcileHarness harness = upToDate();
        RoleRecord before = harness.role();
        int reported = harness.operator.operatorEvents().size();
        harness.operator.iam().console().delete(ROLE);

        harness.operator.run(INTERVAL);

        assertThat(withoutIdentity(harness.role())).isEqualTo(withoutIdentity(before));
        assertThat(harness.role().id()).isNotEqualTo(before.id());
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly(
                        "GetRole " + ROLE, "CreateRole " + ROLE, "AttachRolePolicy " + ROLE, "PutRolePolicy " + ROLE);
        // The operator confirms the finalizer before it creates a role. The status has the role ID, which has
        // changed.
        assertThat(harness.operator.interceptor().clusterWrites())
                .containsExactly("patch iamserviceaccounts", "patch iamserviceaccounts/status");
        assertThat(harness.operator
                        .operatorEvents()
                        .subList(reported, harness.operator.operatorEvents().size()))
                .satisfiesExactly(
                        notice -> {
                            assertThat(notice.reason()).isEqualTo("DriftRepaired");
                            assertThat(notice.note()).contains("created role " + before.arn());
                        },
                        notice -> {
                            assertThat(notice.reason()).isEqualTo("RoleRecreated");
                            assertThat(notice.warning()).isTrue();
                            assertThat(notice.note())
                                    .contains(before.id(), harness.role().id());
                        });
    }

    @Test
    void reportsARoleThatUsersDeletedAndCreatedAgain() {
        ReconcileHarness harness = upToDate();
        RoleRecord before = harness.role();
        int reported = harness.operator.operatorEvents().size();
        harness.operator.iam().console().delete(ROLE);
        harness.operator.iam().console().create(ROLE, before.path(), before.trust());
        harness.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withDescription(before.description())
                                .withMaxSessionSeconds(before.maxSessionSeconds())
                                .withBoundary(before.boundary().orElseThrow())
                                .withTags(before.tags())
                                .withAttached(S3)
                                .withInline("read", before.inline().getOrDefault("read", "")));

        harness.operator.run(INTERVAL);

        String now = harness.role().id();
        assertThat(now).isNotEqualTo(before.id());
        assertThat(harness.status().role()).isEqualTo(new RoleStatus(ROLE, now, new TreeMap<>(), List.of()));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator
                        .operatorEvents()
                        .subList(reported, harness.operator.operatorEvents().size()))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.reason()).isEqualTo("RoleRecreated");
                    assertThat(notice.note()).contains("its ID was " + before.id() + " and is now " + now);
                });

        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.operator.operatorEvents()).hasSize(reported + 1);
    }

    @Test
    void repairsAllDriftInOneReconcileAndRecordsOneEvent() {
        ReconcileHarness harness = upToDate();
        RoleRecord before = harness.role();
        int reported = harness.operator.operatorEvents().size();
        drifts().forEach(drift -> harness.operator.iam().console().edit(ROLE, drift.edit()));

        harness.operator.run(INTERVAL);

        assertThat(withoutIdentity(harness.role())).isEqualTo(withoutIdentity(before));
        assertThat(harness.operator
                        .operatorEvents()
                        .subList(reported, harness.operator.operatorEvents().size()))
                .extracting(EventMessage::reason)
                .containsExactly("DriftRepaired");
    }

    @Test
    void keepsForeignTagsWithoutCalls() {
        ReconcileHarness harness = upToDate();
        harness.operator.iam().console().edit(ROLE, role -> role.withTag("cost-center", "42"));

        harness.operator.run(INTERVAL.multipliedBy(3));

        assertThat(harness.role().tags()).containsEntry("cost-center", "42");
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void keepsDenyPoliciesAndReportsThem() {
        ReconcileHarness harness = upToDate();
        String denyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withAttached(denyAll).withInline("AWSRevokeOlderSessions", DENY));
        int reported = harness.operator.operatorEvents().size();

        harness.operator.run(INTERVAL);

        assertThat(harness.role().attached()).contains(denyAll);
        assertThat(harness.role().inline()).containsEntry("AWSRevokeOlderSessions", DENY);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains("AWSRevokeOlderSessions", "AWSDenyAll");
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).containsExactly("patch iamserviceaccounts/status");

        harness.forgetCalls();
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.operator
                        .operatorEvents()
                        .subList(reported, harness.operator.operatorEvents().size()))
                .as("reported once")
                .extracting(EventMessage::reason)
                .containsExactly("DenyPolicyFound");
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void stopsReportingADenyPolicyOnceItIsDetached() {
        ReconcileHarness harness = upToDate();
        String calm = harness.message();
        harness.operator.iam().console().edit(ROLE, role -> role.withInline("AWSRevokeOlderSessions", DENY));
        harness.operator.run(INTERVAL);
        assertThat(harness.message()).isNotEqualTo(calm);

        harness.operator.iam().console().edit(ROLE, role -> role.withoutInline("AWSRevokeOlderSessions"));
        harness.operator.run(INTERVAL);

        assertThat(harness.message()).isEqualTo(calm);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    @Test
    void doesNotWriteToARoleThatLostItsOwnershipTags() {
        ReconcileHarness harness = upToDate();
        harness.operator.iam().console().edit(ROLE, role -> role.withTag("irsa.dev/resource", "else/where"));

        harness.operator.run(INTERVAL);

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    /** Returns the role without what its creation determines, which is the ID and the time. */
    private static Map<String, Object> withoutIdentity(RoleRecord role) {
        return Map.of(
                "arn", role.arn(),
                "trust", role.trust(),
                "description", role.description(),
                "session", role.maxSessionSeconds(),
                "boundary", role.boundary(),
                "tags", role.tags(),
                "attached", role.attached(),
                "inline", role.inline());
    }
}
