package dev.irsa.image;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.demo.Laptop;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.machine.OperatorProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * What an operator does in its life, once: it reconciles a resource to Ready, changes its role, repairs a drift, refuses
 * a mistake, is scraped, and removes all of it.
 */
record Exercise(KubernetesClient user, InMemoryIam iam, OperatorProcess operator) {
    private static final String NAMESPACE = "payments";
    private static final String NAME = "invoices";
    private static final String ROLE = "training_payments_invoices";

    void run() throws IOException {
        user.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .withLabels(Map.of("irsa.dev/entitlement", "default"))
                        .endMetadata()
                        .build())
                .create();
        apply(Files.readString(Path.of("deploy/entitlement.yaml")));
        create();
        change();
        repair();
        refuse();
        await("the page of the metrics", () -> operator.page("/metrics").contains("irsa_aws_calls_total"));
        await("alive", () -> operator.status("/livez") == 200);
        delete();
    }

    private void create() throws IOException {
        apply(Files.readString(Path.of("deploy/samples/invoices.yaml")));
        await("the resource is Ready", () -> reason(NAME).equals("Ready"));
    }

    private void change() {
        apply("""
                apiVersion: irsa.dev/v1alpha1
                kind: IamServiceAccount
                metadata: {namespace: payments, name: invoices}
                spec:
                  policies:
                    managed: [AWSXRayDaemonWriteAccess]
                    inline:
                    - name: measure
                      document:
                        Version: "2012-10-17"
                        Statement: [{Effect: Allow, Action: "cloudwatch:PutMetricData", Resource: "*"}]
                """);
        await(
                "the role has its second policy",
                () -> !iam.role(ROLE).orElseThrow().inline().isEmpty());
    }

    private void repair() {
        var wanted = iam.role(ROLE).orElseThrow().trust();
        iam.console().edit(ROLE, role -> role.withTrust(wanted.replace("StringEquals", "StringLike")));
        await(
                "the trust policy is as it was",
                () -> iam.role(ROLE).orElseThrow().trust().equals(wanted));
    }

    private void refuse() {
        apply("""
                apiVersion: irsa.dev/v1alpha1
                kind: IamServiceAccount
                metadata: {namespace: payments, name: reports}
                spec:
                  policies:
                    inline:
                    - name: read-reports
                      document: {Statement: [{Effect: Permit, Action: "s3:GetObject", Resource: "*"}]}
                """);
        await("the mistake is reported", () -> reason("reports").equals("InvalidSpec"));
    }

    private void delete() {
        user.resources(IamServiceAccount.class).inNamespace(NAMESPACE).delete();
        await(
                "the resources are gone",
                () -> user.resources(IamServiceAccount.class)
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems()
                        .isEmpty());
        await("the role is gone", () -> iam.roles().isEmpty());
    }

    private void apply(String manifest) {
        user.resource(manifest).fieldManager("kubectl").forceConflicts().serverSideApply();
    }

    private String reason(String name) {
        return Laptop.ready(
                user.resources(IamServiceAccount.class)
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get(),
                Condition::reason);
    }

    private static void await(String what, BooleanSupplier happened) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(happened::getAsBoolean);
    }
}
