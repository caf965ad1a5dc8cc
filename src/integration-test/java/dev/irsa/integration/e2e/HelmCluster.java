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
 * A cluster that runs what Deployments ask for, with a node, and nothing of the operator at first.
 *
 * @param kubelet the node
 */
record HelmCluster(World world, AuditLog audit, Kubelet kubelet) implements AutoCloseable {
    static final String NAMESPACE = "irsa-operator";

    static HelmCluster start(Moto moto, FaultProxy proxy) {
        AuditLog audit = AuditLog.create();
        ControlPlane controlPlane = ControlPlane.start(audit.settings()
                .withController("deployment-controller")
                .withController("replicaset-controller")
                .withController("disruption-controller"));
        World world = World.bare(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        Map<String, String> node = Map.of("AWS_ENDPOINT_URL", proxy.uri().toString());
        return new HelmCluster(world, audit, Kubelet.start(controlPlane, node));
    }

    /** A resource of a namespace that the default entitlement is for, ready. */
    AppliedResource ready(String namespace, String name) {
        world.kubectl()
                .run("label", "--overwrite", "namespace", namespace, "irsa.dev/entitlement=default")
                .orThrow();
        return new AppliedResource(world, namespace, name)
                .spec("{policies: {managed: [AWSXRayDaemonWriteAccess]}}")
                .awaitReady();
    }

    /** The pods of the operator that are not about to go. */
    List<Pod> pods() {
        return world.controlPlane().client().pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** The one of them that works. */
    Pod leader() {
        List<Pod> leaders = pods().stream()
                .filter(pod -> Metrics.value(kubelet.process(pod), "irsa_leader") == 1)
                .toList();
        assertThat(leaders).hasSize(1);
        return leaders.getFirst();
    }

    /** Waits until the leader has compared all roles again. */
    void awaitSweeps() {
        World.await().ignoreExceptions().untilAsserted(this::leader);
        OperatorProcess leader = kubelet.process(leader());
        Metrics.awaitSweeps(leader, 2);
    }

    /** What was written to AWS since the proxy last forgot. */
    List<AwsCall> awsWrites() {
        return world.proxy().calls().all().stream()
                .filter(call -> !call.action().matches("(Get|List|AssumeRole|Describe).*"))
                .toList();
    }

    /** The API server has refused a ServiceAccount of the operator's namespace nothing. */
    void assertNothingWasRefused(String serviceAccount) {
        List<AuditedRequest> requests = audit.requestsOf("system:serviceaccount:" + NAMESPACE + ":" + serviceAccount);
        assertThat(requests).as("asked by %s", serviceAccount).isNotEmpty();
        assertThat(requests).as("refused to %s", serviceAccount).noneMatch(AuditedRequest::refused);
    }

    @Override
    public void close() {
        kubelet.close();
        world.controlPlane().close();
    }
}
