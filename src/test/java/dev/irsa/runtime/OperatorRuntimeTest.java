package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorRuntimeTest {
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final String RESOURCE = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: payments, name: invoices}
            spec:
              policies: {managed: [AmazonS3ReadOnlyAccess]}
            """;

    private InProcessEnvironment environment;

    @BeforeEach
    void start() throws InterruptedException {
        environment = InProcessEnvironment.start(Duration.ofSeconds(1)).allowingEverything();
        environment.createNamespace("payments", Map.of());
        environment.server().requests().clear();
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void makesThreeWritesAndOneEventForNewResource() {
        apply(RESOURCE);
        awaitReady();
        await().until(() -> writes("create events") == 1);
        assertThat(environment.server().requests().all())
                .containsEntry("apply iamserviceaccounts", 2) // the user's and the finalizer
                .containsEntry("create serviceaccounts", 1)
                .containsEntry("apply iamserviceaccounts/status", 1);
        assertThat(environment.iam().calls().perRole())
                .containsExactly("CreateRole laptop_payments_invoices", "AttachRolePolicy laptop_payments_invoices");
    }

    @Test
    void makesNoRequestsAtRest() {
        apply(RESOURCE);
        awaitReady();
        await().until(() -> writes("create events") == 1);
        await().until(() -> environment.served("everything") == 1);
        Map<String, Integer> requests = environment.server().requests().all();
        int calls = environment.iam().calls().total();
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(5))
                .until(() -> environment.server().requests().all().equals(requests)
                        && environment.iam().calls().total() == calls);
    }

    @Test
    void recreatesDeletedServiceAccount() {
        apply(RESOURCE);
        awaitReady();
        String uid = serviceAccount().getMetadata().getUid();
        serviceAccountResource().delete();
        await().until(() -> serviceAccountResource().get() != null);
        assertThat(serviceAccount().getMetadata().getUid()).isNotEqualTo(uid);
        assertThat(serviceAccount().getMetadata().getAnnotations()).containsKey(ROLE_ARN);
    }

    @Test
    void restoresFinalizerBeforeWritingRole() {
        apply(RESOURCE);
        awaitReady();
        environment
                .user()
                .resource(RESOURCE.replace("spec:", "spec:\n  role: {description: replaced}"))
                .unlock()
                .update();
        await().until(() -> ready(condition -> Long.toString(condition.observedGeneration()))
                .equals("2"));
        assertThat(resource().getMetadata().getFinalizers()).contains(IamServiceAccount.FINALIZER);
        environment.user().resource(RESOURCE).delete();
        await().until(() -> environment.iam().roles().isEmpty());
    }

    @Test
    void retriesFailedStatusWrite() {
        environment
                .server()
                .intercept(request -> request.isApply() && request.path().endsWith("/status")
                        ? ApiFault.refused(500, "InternalError", "etcd is away")
                        : ApiFault.none());
        apply(RESOURCE);
        await().until(() -> !environment.iam().roles().isEmpty());
        environment.server().stopIntercepting();
        awaitReady();
    }

    @Test
    void reportsForbiddenServiceAccountAndCreatesItOnceAllowed() {
        environment
                .server()
                .intercept(request ->
                        request.method().equals("POST") && request.path().endsWith("/serviceaccounts")
                                ? ApiFault.refused(403, "Forbidden", "serviceaccounts is forbidden: exceeded quota")
                                : ApiFault.none());
        apply(RESOURCE);
        await().until(() -> ready(Condition::reason).equals("AccessDenied"));
        assertThat(ready(Condition::message)).contains("create serviceaccounts").contains("exceeded quota");
        environment.server().stopIntercepting();
        awaitReady();
    }

    @Test
    void restartsLostWatch() {
        apply(RESOURCE);
        awaitReady();
        environment.server().dropWatches();
        serviceAccountResource().delete();
        await().until(() -> serviceAccountResource().get() != null);
    }

    private void apply(String manifest) {
        environment.user().resource(manifest).fieldManager("kubectl").serverSideApply();
    }

    private void awaitReady() {
        await().until(() -> ready(Condition::status).equals("True"));
    }

    private IamServiceAccount resource() {
        return environment.resource("payments", "invoices");
    }

    private String ready(Function<Condition, String> field) {
        return environment.ready("payments", "invoices", field);
    }

    private Resource<ServiceAccount> serviceAccountResource() {
        return environment.user().serviceAccounts().inNamespace("payments").withName("invoices");
    }

    private ServiceAccount serviceAccount() {
        return Objects.requireNonNull(serviceAccountResource().get());
    }

    private int writes(String request) {
        return environment.server().requests().all().getOrDefault(request, 0);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
