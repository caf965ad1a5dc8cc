package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** A role for several ServiceAccounts as users see it, with the operator as its own process. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdditionalServiceAccountsIT {
    private static final String CHART = "example.com/chart";
    private static final String OTHER_ROLE = "arn:aws:iam::123456789012:role/another";

    private final Ministack aws = Ministack.start();
    private final EksCluster eks = EksCluster.create(aws, TestEnvironment.CLUSTER);
    private FaultProxy proxy;
    private TestEnvironment env;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Kubectl kubectl) throws IOException {
        proxy = FaultProxy.before(aws.endpoint());
        env = TestEnvironment.withoutProvider(controlPlane, aws.endpoint(), proxy, kubectl);
        PodIdentityAgent.install(kubectl);
        operator = env.sweeping().withArguments("--oidc-provider=Create").startReady();
    }

    @AfterAll
    void stop() {
        PodIdentityAgent.remove(env.kubectl());
        operator.close();
        proxy.close();
        env.iam().close();
        eks.close();
        aws.close();
        OperatorLog.assertNoStackTrace(operator.log());
    }

    @Test
    void annotatesEachAndLeavesThoseOfOthers() {
        Subject subject = withWorkerOfChart();
        String worker = subject.named("worker").accountUid();

        apply(subject, "IRSA", "worker", "exporter");
        assertThat(subject.awaitReason("NotEntitled"))
                .contains("the role would have 3 ServiceAccounts and limits.serviceAccountsPerRole allows 1");
        assertThat(subject.named("exporter").accountExists()).isFalse();
        assertThat(subject.roleExists()).isFalse();

        entitle(subject);
        subject.awaitReady();
        assertThat(List.of("exporter", "invoices", "worker"))
                .allSatisfy(name -> assertThat(subject.named(name).annotation(Subject.ROLE_ARN))
                        .isEqualTo(subject.roleArn()));
        assertThat(trusted(subject, ":sub"))
                .containsExactly(
                        identity(subject, "exporter"), identity(subject, "invoices"), identity(subject, "worker"));
        assertIsShown(subject, "ServiceAccounts exporter, invoices, worker are annotated");

        apply(subject, "IRSA", "importer");
        subject.awaitReady();
        assertIsAsTheChartLeftIt(subject, worker);
        TestEnvironment.await().until(() -> !subject.named("exporter").accountExists());
        assertThat(trusted(subject, ":sub"))
                .containsExactly(identity(subject, "importer"), identity(subject, "invoices"));

        apply(subject, "IRSA", "importer", "worker");
        subject.awaitReady().delete();
        assertIsAsTheChartLeftIt(subject, worker);
        assertAllDeleted(subject);
    }

    @Test
    void associatesEachAndLeavesThoseOfOthers() {
        Subject subject = withWorkerOfChart();
        String worker = subject.named("worker").accountUid();
        entitle(subject);
        String foreign = eks.associate(subject.namespace(), "exporter", OTHER_ROLE);

        apply(subject, "PodIdentity", "worker", "exporter");
        assertThat(subject.awaitReason("AssociationConflict"))
                .contains("association " + foreign + " of ServiceAccount exporter");
        eks.deleteAssociation(foreign);
        subject.awaitReady();
        assertThat(List.of("exporter", "invoices", "worker"))
                .allSatisfy(
                        name -> assertThat(association(subject, name).roleArn()).isEqualTo(subject.roleArn()));
        assertThat(trusted(subject, "/kubernetes-service-account")).containsExactly("exporter", "invoices", "worker");
        assertIsShown(subject, "ServiceAccounts exporter, invoices, worker");

        PodIdentityAssociation kept = association(subject, "invoices");
        apply(subject, "PodIdentity", "worker");
        subject.awaitReady();
        assertThat(eks.associationId(subject.namespace(), "exporter")).isEmpty();
        assertThat(association(subject, "invoices")).isEqualTo(kept);
        TestEnvironment.await().until(() -> !subject.named("exporter").accountExists());
        assertThat(trusted(subject, "/kubernetes-service-account")).containsExactly("invoices", "worker");

        subject.delete();
        assertThat(List.of("exporter", "invoices", "worker"))
                .allSatisfy(name ->
                        assertThat(eks.associationId(subject.namespace(), name)).isEmpty());
        assertIsAsTheChartLeftIt(subject, worker);
        assertAllDeleted(subject);
    }

    /** Returns a resource that is not applied yet, in a namespace with a ServiceAccount of another owner. */
    private Subject withWorkerOfChart() {
        Subject subject = Subject.in(env);
        subject.kubectl("create", "serviceaccount", "worker");
        subject.kubectl("annotate", "serviceaccount", "worker", CHART + "=worker-1.0");
        return subject;
    }

    private static void apply(Subject subject, String delivery, String... additional) {
        subject.apply("{delivery: [" + delivery + "], serviceAccounts: [{name: invoices}"
                + Stream.of(additional).map(name -> ", {name: " + name + "}").collect(Collectors.joining()) + "]}");
    }

    private void entitle(Subject subject) {
        env.kubectl()
                .apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: shared-%s}
                spec:
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
                  limits:
                    serviceAccountsPerRole: 3
                """.formatted(subject.namespace(), subject.namespace()))
                .orThrow();
    }

    private static String identity(Subject subject, String serviceAccount) {
        return "system:serviceaccount:" + subject.namespace() + ":" + serviceAccount;
    }

    private PodIdentityAssociation association(Subject subject, String serviceAccount) {
        return eks.association(subject.namespace(), serviceAccount).orElseThrow();
    }

    /** Returns the values of the condition key with this ending, which must be in the only statement of the trust policy. */
    private static List<String> trusted(Subject subject, String key) {
        JsonNode statements = VisibleState.trust(subject).path("Statement");
        assertThat(statements).hasSize(1);
        return statements.path(0).path("Condition").path("StringEquals").properties().stream()
                .filter(condition -> condition.getKey().endsWith(key))
                .map(Map.Entry::getValue)
                .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
                .map(JsonNode::asText)
                .toList();
    }

    private static void assertIsShown(Subject subject, String message) {
        assertThat(subject.field("iamsa/invoices", "{.status.serviceAccounts[*].name}"))
                .isEqualTo("exporter invoices worker");
        assertThat(subject.kubectl("get", "iamsa", "invoices", "-o=wide")).contains(subject.roleArn(), message);
    }

    private static void assertIsAsTheChartLeftIt(Subject subject, String uid) {
        Subject worker = subject.named("worker");
        assertThat(worker.accountUid()).isEqualTo(uid);
        assertThat(worker.annotation(CHART)).isEqualTo("worker-1.0");
        assertThat(worker.annotation(Subject.ROLE_ARN)).isEmpty();
        assertThat(worker.field("sa/worker", "{.metadata.ownerReferences}")).isEmpty();
    }

    /** Asserts that the role is deleted, and with it the ServiceAccounts that the operator created. */
    private void assertAllDeleted(Subject subject) {
        subject.assertAllDeleted();
        assertThat(env.rolesOf(subject.namespace())).isEmpty();
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(subject.kubectl("get", "serviceaccounts", "--output=name")
                                .lines())
                        .containsExactly("serviceaccount/default", "serviceaccount/worker"));
    }
}
