package dev.irsa.integration.kubelet;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the container of every pod as a process until the pod is deleted. The container must be the operator's. The
 * process has the pod's command, environment, projected volumes and ServiceAccount. It shares the network of the
 * machine, so it uses another port, and it is not isolated as a container is.
 */
public final class Kubelet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final String NODE = "here";

    private final ControlPlane controlPlane;
    private final Map<String, String> environment;
    private final Images images;
    private final Map<String, PodProcess> processes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

    private Kubelet(ControlPlane controlPlane, Map<String, String> environment, Images images) {
        this.controlPlane = controlPlane;
        this.environment = Map.copyOf(environment);
        this.images = images;
    }

    /** Starts the kubelet. Every container gets this environment in addition to its own. */
    public static Kubelet start(ControlPlane controlPlane, Map<String, String> environment) {
        return start(controlPlane, environment, Images.BUILT);
    }

    /** Starts the kubelet with these images. */
    public static Kubelet start(ControlPlane controlPlane, Map<String, String> environment, Images images) {
        Kubelet kubelet = new Kubelet(controlPlane, environment, images);
        var _ = kubelet.loop.scheduleWithFixedDelay(kubelet::look, 0, 200, TimeUnit.MILLISECONDS);
        return kubelet;
    }

    /** Returns the process of a pod. */
    public OperatorProcess process(Pod pod) {
        PodProcess started = processes.get(pod.getMetadata().getUid());
        if (started == null) {
            throw new IllegalStateException("not started: " + pod.getMetadata().getName());
        }
        return started.operator();
    }

    /** Returns all processes so far, including those of deleted pods. */
    public List<OperatorProcess> processes() {
        return processes.values().stream().map(PodProcess::operator).toList();
    }

    /** Ignores failures: the API server may be down, or a pod may change meanwhile. The next read follows soon. */
    private void look() {
        try {
            client().pods().inAnyNamespace().list().getItems().forEach(this::step);
        } catch (RuntimeException e) {
            // The executor stops a task that throws, without a report.
            LOG.warn("cannot handle the pods; retrying", e);
        }
    }

    private void step(Pod pod) {
        if (pod.getSpec().getNodeName() == null) {
            bind(pod);
            return;
        }
        String uid = pod.getMetadata().getUid();
        PodProcess process = processes.get(uid);
        if (process == null) {
            processes.put(uid, PodProcess.start(pod, controlPlane, environment, images));
        } else if (pod.getMetadata().getDeletionTimestamp() == null) {
            process.publishStatus(pod, client());
        } else if (process.ended()) {
            client().resource(pod).withGracePeriod(0).delete();
        }
    }

    private void bind(Pod pod) {
        client().bindings()
                .inNamespace(pod.getMetadata().getNamespace())
                .resource(new BindingBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName())
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName(NODE)
                        .endTarget()
                        .build())
                .create();
    }

    private KubernetesClient client() {
        return controlPlane.client();
    }

    @Override
    public void close() {
        loop.close();
        processes.values().forEach(PodProcess::close);
    }
}
