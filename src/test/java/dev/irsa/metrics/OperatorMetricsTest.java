package dev.irsa.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.PodIdentityStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.CallInterceptor.ExternalCall;
import dev.irsa.port.RoleCounts;
import dev.irsa.port.SweepReport;
import dev.irsa.port.SweepSnapshot;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private static final ExternalCall CALL = new ExternalCall("iam:GetRole", "prod_payments_invoices");

    private final VirtualClock clock = new VirtualClock();
    private final OperatorMetrics metrics = new OperatorMetrics(clock, List.of());

    @Test
    void sweepAgeIsNaNBeforeFirstSweep() {
        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_sweep_age_seconds{account=\"\"} NaN",
                        "irsa_orphaned_roles{account=\"\"} 0.0",
                        "irsa_retained_roles{account=\"\"} 0.0")
                .noneMatch(line -> line.startsWith("irsa_roles_unused{"))
                .noneMatch(line -> line.startsWith("irsa_roles_without_boundary{"));
    }

    @Test
    void reportsCallerOnceItIsKnown() {
        assertThat(metrics.scrape()).doesNotContain("irsa_operator_info");

        metrics.reportCaller("arn:aws:sts::111122223333:assumed-role/irsa-operator");

        assertThat(metrics.scrape().lines())
                .contains("irsa_operator_info{arn=\"arn:aws:sts::111122223333:assumed-role/irsa-operator\"} 1");
    }

    @Test
    void aSweepIsTold() {
        metrics.account("analytics")
                .swept(new SweepReport(
                        Duration.ofMillis(1500),
                        new SweepSnapshot(Instant.EPOCH, Map.of(), Set.of()),
                        1,
                        3,
                        0,
                        new RoleCounts(2, 4, new TreeMap<>(Map.of(30, 6, 90, 5)))));
        clock.pass(Duration.ofSeconds(42));

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_orphaned_roles{account=\"analytics\"} 3.0",
                        "irsa_orphaned_roles{account=\"\"} 0.0",
                        "irsa_retained_roles{account=\"analytics\"} 2.0",
                        "irsa_roles_unused{account=\"analytics\",days=\"30\"} 6.0",
                        "irsa_roles_unused{account=\"analytics\",days=\"90\"} 5.0",
                        "irsa_roles_without_boundary{account=\"analytics\"} 4.0",
                        "irsa_sweep_age_seconds{account=\"analytics\"} 42.0",
                        "irsa_sweep_duration_seconds_count{account=\"analytics\"} 1",
                        "irsa_sweep_duration_seconds_sum{account=\"analytics\"} 1.5");

        metrics.account("analytics").reset();
        assertThat(metrics.scrape().lines())
                .contains("irsa_sweep_age_seconds{account=\"analytics\"} NaN")
                .noneMatch(line -> line.startsWith("irsa_roles_unused{"))
                .noneMatch(line -> line.startsWith("irsa_roles_without_boundary{"));
    }

    @Test
    void countsCallsByActionAndOutcomeOnly() {
        assertThat(metrics.account("analytics").counted().<Integer>intercept(CALL, () -> 7))
                .isEqualTo(7);
        assertThatThrownBy(() -> metrics.account("analytics").counted().intercept(CALL, () -> {
                    throw new FailureException(new Failure.Passing(Reason.Throttled, "slow down"));
                }))
                .isInstanceOf(FailureException.class);

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_aws_calls_total{account=\"analytics\",action=\"iam:GetRole\",outcome=\"success\"} 1.0",
                        "irsa_aws_calls_total{account=\"analytics\",action=\"iam:GetRole\",outcome=\"Throttled\"} 1.0",
                        "irsa_aws_call_duration_seconds_count{action=\"iam:GetRole\"} 2")
                .noneMatch(line -> line.contains("prod_payments_invoices"));
    }

    @Test
    void countsLoops() {
        assertThat(metrics.scrape().lines()).contains("irsa_reconcile_loops_total 0.0");

        metrics.slowedDown();

        assertThat(metrics.scrape().lines()).contains("irsa_reconcile_loops_total 1.0");
    }

    @Test
    void countsChangesByKindAndDriftInBothMetrics() {
        metrics.changed(new RoleChange.AttachRolePolicy("invoices", "arn:aws:iam::aws:policy/A"), false);
        metrics.changed(new RoleChange.AttachRolePolicy("invoices", "arn:aws:iam::aws:policy/B"), true);

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_changes_total{change=\"AttachRolePolicy\"} 2.0",
                        "irsa_drift_total{change=\"AttachRolePolicy\"} 1.0",
                        "irsa_changes_total{change=\"CreateServiceAccount\"} 0.0",
                        "irsa_drift_total{change=\"DeleteRole\"} 0.0");
    }

    @Test
    void countsEveryKindOfChange() {
        assertThat(ChangeMetrics.KINDS)
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(RoleChange.class, AssociationChange.class, ServiceAccountChange.class)
                                .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                                .map(Class::getName)
                                .toList());
    }

    @Test
    void countsResourcesByStatus() {
        metrics.countResources(() -> Stream.of(
                new IamServiceAccount(),
                resource("Ready", "True"),
                resource("Ready", "True"),
                resource("RoleConflict", "False"),
                resource("Ready", "False"),
                resource("WrittenByHand", "False")));

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_resources{ready=\"Unknown\",reason=\"NotSeen\"} 1.0",
                        "irsa_resources{ready=\"True\",reason=\"Ready\"} 2.0",
                        "irsa_resources{ready=\"False\",reason=\"RoleConflict\"} 1.0",
                        "irsa_resources{ready=\"False\",reason=\"Other\"} 2.0",
                        "irsa_resources{ready=\"False\",reason=\"Throttled\"} 0.0");
    }

    @Test
    void countsResourcesByAdoption() {
        metrics.countResources(() -> Stream.of(
                new IamServiceAccount(),
                resource("Ready", "True"),
                adopting(Adoption.Offered),
                adopting(Adoption.Adopted),
                adopting(Adoption.Adopted)));

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_adoption_resources{state=\"offered\"} 1.0",
                        "irsa_adoption_resources{state=\"adopted\"} 2.0",
                        "irsa_adoption_resources{state=\"refused\"} 0.0");
    }

    private static IamServiceAccount adopting(Adoption adoption) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setStatus(Serialization.unmarshal(
                "---\n{observedGeneration: 1, adoption: " + adoption + "}", IamServiceAccountStatus.class));
        return resource;
    }

    @Test
    void countsAssociationsOfResources() {
        IamServiceAccount resource = resource("Ready", "True");
        resource.setStatus(Statuses.delivered(
                Statuses.of(1, null, null, List.of(), List.of()),
                List.of(Delivery.PodIdentity),
                new PodIdentityStatus(List.of(new AssociationStatus("invoices", "a-1", "arn"))),
                List.of()));
        metrics.countResources(() -> Stream.of(resource, resource, new IamServiceAccount()));

        assertThat(metrics.scrape().lines()).contains("irsa_associations 2.0");
    }

    @Test
    void countsResourcesWhoseRolesMissARequirement() {
        IamServiceAccount resource = resource("NamespaceFrozen", "False");
        resource.setStatus(IamServiceAccountStatus.UNSEEN.with(
                List.of("payments requires tag team=a", "payments requires tag cost=1"), List.of()));
        metrics.countResources(() -> Stream.of(resource, resource("Ready", "True"), new IamServiceAccount()));

        assertThat(metrics.scrape().lines()).contains("irsa_roles_missing_requirements 1.0");
    }

    @Test
    void namesTheFirstQuarantinedRolesThatBlockADeletion() {
        metrics.countResources(() -> IntStream.range(0, 100)
                .mapToObj(
                        i -> quarantined("r" + i, i % 2 == 0, "role prod_a_r" + i + " is quarantined by AWSDenyAll")));
        List<String> named = metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("irsa_quarantined_deletions"))
                .toList();

        assertThat(named)
                .hasSize(20)
                .contains("irsa_quarantined_deletions{resource=\"a/r0\",role=\"prod_a_r0\"} 1.0")
                .noneMatch(line -> line.contains("r1\""));
        metrics.countResources(() -> Stream.of(quarantined("r0", true, "role prod_a_r0 is in the instance profiles")));
        assertThat(metrics.scrape()).doesNotContain("irsa_quarantined_deletions{");
    }

    private static IamServiceAccount quarantined(String name, boolean deleted, String message) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.getMetadata().setNamespace("a");
        resource.getMetadata().setName(name);
        resource.getMetadata().setDeletionTimestamp(deleted ? "2026-11-29T00:00:00Z" : null);
        resource.setStatus(Serialization.unmarshal("""
                ---
                observedGeneration: 1
                role: {name: prod_a_%s, arn: "arn:aws:iam::111122223333:role/x", id: AROA1}
                conditions:
                - {type: Ready, status: "False", observedGeneration: 1, lastTransitionTime: "", reason: DeletionBlocked, message: "%s"}
                """.formatted(name, message), IamServiceAccountStatus.class));
        return resource;
    }

    @Test
    void standbyReportsNoResources() {
        metrics.countResources(() -> Stream.of(resource("Ready", "True")));
        metrics.reportLeadership(() -> false);

        assertThat(metrics.scrape().lines())
                .contains("irsa_leader 0.0", "irsa_resources{ready=\"True\",reason=\"Ready\"} 0.0");
    }

    @Test
    void resourcesAddNoSeries() {
        long before = series();
        List<IamServiceAccount> all = IntStream.range(0, 5000)
                .mapToObj(i -> resource("Reason" + i, "False"))
                .toList();

        metrics.countResources(all::stream);
        for (int i = 0; i < 5000; i++) {
            metrics.changed(new RoleChange.DeleteRole("role-" + i), true);
        }
        assertThat(series()).isEqualTo(before);
        metrics.countResources(Stream::empty);
        assertThat(series()).isEqualTo(before);
    }

    private long series() {
        return metrics.scrape().lines().filter(line -> !line.startsWith("#")).count();
    }

    private static IamServiceAccount resource(String reason, String ready) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setStatus(
                Statuses.of(1, null, null, List.of(), List.of(new Condition("Ready", ready, 1, "", reason, ""))));
        return resource;
    }
}
