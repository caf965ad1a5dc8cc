package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.eks.AssociationRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two resources that claim one additional ServiceAccount, in every combination of delivery. */
class SharedServiceAccountDeliveryTest {
    private static final String POLICIES = "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final String FOREIGN_TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

    private final ReconcileHarness harness = new ReconcileHarness();

    SharedServiceAccountDeliveryTest() {
        harness.operator.requeueClaimantsAfterWrites();
    }

    /** How the first resource gives up the ServiceAccount. */
    enum GivesUp {
        BY_SPEC,
        BY_DELETION
    }

    private void apply(String name, String delivery, boolean withWorker) {
        harness.operator
                .users()
                .apply(
                        NS,
                        name,
                        POLICIES + "delivery: [" + delivery + "]\nserviceAccounts: [{name: " + name + "}"
                                + (withWorker ? ", {name: worker}" : "") + "]");
    }

    private void replaceRole(String name) {
        String role = "prod_payments_" + name;
        harness.operator.iam().console().delete(role);
        harness.operator.iam().console().create(role, "/irsa/prod/", FOREIGN_TRUST);
    }

    private Optional<String> annotation() {
        return harness.operator
                .users()
                .serviceAccount(NS, "worker")
                .map(ServiceAccountRecord::annotations)
                .map(annotations -> annotations.get(ROLE_ARN));
    }

    private Optional<String> associatedRole() {
        return harness.operator.eks().console().of(NS, "worker").map(AssociationRecord::roleArn);
    }

    /** The operator created the ServiceAccount, so an apply cannot remove its annotation. */
    @Test
    void takesTheAnnotationFromASuspendedResourceThatNoLongerNamesTheServiceAccount() {
        apply("first", "IRSA", true);
        harness.operator.settle();
        harness.operator.users().apply(NS, "first", POLICIES + "suspend: true\nserviceAccounts: [{name: first}]");
        apply("second", "PodIdentity", true);

        harness.operator.run(Duration.ofMinutes(5));

        assertThat(harness.operator.loops()).isZero();
        assertThat(harness.isReady("second")).as(harness.reason("second")).isTrue();
        assertThat(annotation()).isEmpty();
    }

    /** While another resource owns the ServiceAccount, no reconcile takes what sweeps observe. */
    @Test
    void aResourceInConflictIsNotAvailableWithoutItsAssociation() {
        harness.operator.users().annotate(NS, "worker", "helm", Map.of("chart", "x"));
        apply("second", "IRSA", false);
        apply("first", "PodIdentity", true);
        harness.operator.run(Duration.ofMinutes(5));
        apply("second", "IRSA", true);
        harness.operator
                .users()
                .annotate(
                        NS,
                        "worker",
                        "helm",
                        Map.of(ROLE_ARN, harness.status("second").roleARN()));
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.reason("first")).isEqualTo("ServiceAccountConflict");
        assertThat(available("first")).isEqualTo("True");

        AssociationRecord association =
                harness.operator.eks().console().of(NS, "worker").orElseThrow();
        harness.operator.eks().console().delete(association.id());
        harness.operator.run(Duration.ofMinutes(25));

        assertThat(harness.reason("first")).isEqualTo("ServiceAccountConflict");
        assertThat(available("first")).isEqualTo("False");
    }

    private String available(String name) {
        return harness.operator
                .users()
                .resource(NS, name)
                .orElseThrow()
                .available()
                .orElseThrow()
                .status();
    }

    static Stream<Arguments> combinations() {
        return Stream.of("IRSA", "PodIdentity", "IRSA, PodIdentity")
                .flatMap(first -> Stream.of("IRSA", "PodIdentity", "IRSA, PodIdentity")
                        .flatMap(second -> Stream.of(GivesUp.values())
                                .flatMap(how -> Stream.of(true, false)
                                        .flatMap(ofChart -> Stream.of(true, false)
                                                .map(replaced ->
                                                        Arguments.of(first, second, how, ofChart, replaced))))));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theSecondResourceTakesOver(String first, String second, GivesUp how, boolean ofChart, boolean replaced) {
        if (ofChart) {
            harness.operator.users().annotate(NS, "worker", "helm", Map.of("chart", "x"));
        }
        apply("first", first, true);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.isReady("first")).isTrue();
        apply("second", second, true);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.reason("second")).isEqualTo("ServiceAccountConflict");
        if (replaced) {
            replaceRole("first");
            harness.operator.restart();
        }
        if (how == GivesUp.BY_SPEC) {
            apply("first", first, false);
        } else {
            harness.operator.users().delete(NS, "first");
        }

        harness.operator.run(Duration.ofMinutes(20));

        assertThat(harness.operator.loops()).isZero();
        assertThat(harness.isReady("second")).as(harness.reason("second")).isTrue();
        assertThat(annotation().isPresent()).isEqualTo(second.contains("IRSA"));
        assertThat(associatedRole().isPresent()).isEqualTo(second.contains("PodIdentity"));
        assertThat(Stream.concat(annotation().stream(), associatedRole().stream())
                        .toList())
                .allMatch(role -> role.endsWith("prod_payments_second"));
        int reconciles = harness.operator.reconciles();
        harness.operator.run(Duration.ofMinutes(20));
        assertThat(harness.operator.reconciles() - reconciles)
                .as("reconciles while nothing changes")
                .isLessThan(40);
        assertThat(Set.of("first", "second"))
                .filteredOn(name -> harness.operator.users().resource(NS, name).isPresent())
                .contains("second");
    }
}
