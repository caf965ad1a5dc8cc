package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.integration.machine.Kubectl;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Measures how long the operator needs to change the roles of all users of a policy template. */
final class TemplateEdit {
    private static final String TEMPLATE = "s3-read";
    private static final String USE = "{templates: [{name: " + TEMPLATE + ", parameters: {bucket: invoices}}]}";
    private static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: template-users}
            spec:
              namespaceSelector: {}
              allow: {templates: [{name: %s, parameters: [{name: bucket, values: [invoices]}]}]}
            """.formatted(TEMPLATE);
    private static final String EDIT =
            "[{\"op\": \"add\", \"path\": \"/spec/document/Statement/0/Sid\", \"value\": \"Edited\"}]";

    private final BenchMachine machine;
    private final BenchOptions options;
    private final Kubectl kubectl;

    TemplateEdit(BenchMachine machine, BenchOptions options) {
        this.machine = machine;
        this.options = options;
        this.kubectl = new Kubectl(machine.controlPlane.kubeconfig());
    }

    /** Returns the phase from the edit until all resources that use the template are Ready with the edited one. */
    Phase run(int users) {
        machine.resetAws(options.latency());
        kubectl.run("delete", "iampt", TEMPLATE, "--ignore-not-found").orThrow();
        kubectl.applyFile(Path.of("deploy", "templates", TEMPLATE + ".yaml")).orThrow();
        kubectl.apply(ENTITLEMENT).orThrow();
        var batch = new ResourceBatch(machine.controlPlane.client(), "template-users-" + users, users, USE);
        try (var operator = machine.launch().startReady()) {
            batch.createUntilReady();
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            awaitOldReads(meter);
            meter.begin();
            var edited = meter.endAtRest(edit(users));
            batch.deleteAndAwait();
            batch.awaitNoServiceAccounts();
            return edited;
        }
    }

    /** What was read within the consistency window is not read again, and edits of templates are rarely so early. */
    private void awaitOldReads(Meter meter) {
        meter.begin();
        Awaitility.await("some time passes")
                .atMost(options.rest().plusMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> meter.elapsed().compareTo(options.rest()) >= 0);
    }

    private Duration edit(int users) {
        var next = generation() + 1;
        try (var informer = new ReadinessInformer(machine.controlPlane.client(), users, status -> isOf(status, next))) {
            var began = System.nanoTime();
            kubectl.run("patch", "iampt", TEMPLATE, "--type=json", "--patch=" + EDIT)
                    .orThrow();
            informer.awaitAllReady();
            return Duration.ofNanos(informer.lastReady() - began);
        }
    }

    private long generation() {
        return machine.controlPlane
                .client()
                .resources(IamPolicyTemplate.class)
                .withName(TEMPLATE)
                .require()
                .getMetadata()
                .getGeneration();
    }

    private static boolean isOf(IamServiceAccountStatus status, long generation) {
        return status.policyTemplates().stream().anyMatch(applied -> applied.generation() == generation);
    }
}
