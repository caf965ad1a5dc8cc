package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.kubelet.Kubelet;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.AuditedRequest;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/**
 * A cluster with one node that runs the pods of Deployments. The operator is not installed at first.
 *
 * @param kubelet the node
 */
record HelmCluster(TestEnvironment env, AuditLog audit, Kubelet kubelet) implements AutoCloseable {
    static final String NAMESPACE = "irsa-operator";

    static HelmCluster start(Moto moto, FaultProxy proxy) {
        AuditLog audit = AuditLog.create();
        ControlPlane controlPlane = ControlPlane.start(audit.settings()
                .withController("deployment-controller")
                .withController("replicaset-controller")
                .withController("disruption-controller"));
        TestEnvironment env = TestEnvironment.bare(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        Map<String, String> node = Map.of("AWS_ENDPOINT_URL", proxy.uri().toString());
        return new HelmCluster(env, audit, Kubelet.start(controlPlane, node));
    }

    /** Creates a resource in a namespace of the default entitlement and waits until it is Ready. */
    AppliedResource ready(String namespace, String name) {
        env.kubectl().run("apply", "-f", "deploy/templates/s3-read.yaml").orThrow();
        env.kubectl()
                .run("label", "--overwrite", "namespace", namespace, "irsa.dev/entitlement=default")
                .orThrow();
        return new AppliedResource(env, namespace, name)
                .spec("{policies: {templates: [{name: s3-read, parameters: {bucket: irsa-demo-invoices}}]}}")
                .awaitReady();
    }

    /** Returns the pods of the operator that neither failed nor are being deleted. */
    List<Pod> pods() {
        return env.controlPlane().client().pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                // The control plane of the tests does not collect failed pods, and its kubelet does not restart
                // containers.
                .filter(pod -> !"Failed".equals(pod.getStatus().getPhase()))
                .toList();
    }

    /** Returns the leader among them. */
    Pod leader() {
        List<Pod> leaders = pods().stream()
                .filter(pod -> Metrics.value(kubelet.process(pod), "irsa_leader") == 1)
                .toList();
        assertThat(leaders).hasSize(1);
        return leaders.getFirst();
    }

    /** Waits until the leader has completed two more sweeps. */
    void awaitSweeps() {
        TestEnvironment.await().ignoreExceptions().untilAsserted(this::leader);
        OperatorProcess leader = kubelet.process(leader());
        Metrics.awaitSweeps(leader, 2);
    }

    /** Returns the AWS writes since the calls of the proxy were last cleared. */
    List<AwsCall> awsWrites() {
        return env.proxy().calls().all().stream()
                .filter(call -> !call.action().matches("(Get|List|AssumeRole|Describe).*"))
                .toList();
    }

    /** Asserts that the API server denied no request of a ServiceAccount of the operator's namespace. */
    void assertNothingWasRefused(String serviceAccount) {
        List<AuditedRequest> requests = audit.requestsOf("system:serviceaccount:" + NAMESPACE + ":" + serviceAccount);
        assertThat(requests).as("requests of %s", serviceAccount).isNotEmpty();
        assertThat(requests).as("denied requests of %s", serviceAccount).noneMatch(AuditedRequest::refused);
    }

    @Override
    public void close() {
        kubelet.close();
        env.controlPlane().close();
    }
}
