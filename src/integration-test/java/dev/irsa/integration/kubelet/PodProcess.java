package dev.irsa.integration.kubelet;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.fixtures.process.Processes;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.pod.PodIdentityWebhook;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The process of one pod, and the reports of its status. */
final class PodProcess implements AutoCloseable {
    private final Container container;
    private final Processes.Running running;
    private final OperatorProcess operator;
    private boolean asked;

    private PodProcess(Container container, Processes.Running running, int port) {
        this.container = container;
        this.running = running;
        this.operator = new OperatorProcess(running, port);
    }

    static PodProcess start(Pod admitted, ControlPlane controlPlane, Map<String, String> environment, Images images) {
        Pod pod = PodIdentityWebhook.ofEks("eu-west-1").admit(admitted, annotationsOfAccount(admitted, controlPlane));
        Container container = pod.getSpec().getContainers().getFirst();
        int port = Processes.freePort();
        Path folder = newFolder();
        ContainerStart start = ContainerStart.of(pod, container, images)
                .withEnvironment(environment)
                .withEnvironment(Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        controlPlane.server().getHost(),
                        "KUBERNETES_SERVICE_PORT",
                        Integer.toString(controlPlane.server().getPort())))
                .atPort(port);
        var mounts = new ProjectedVolumes(pod, controlPlane.client(), folder).write(container);
        return new PodProcess(container, start.run(mounts, folder.resolve("log")), port);
    }

    private static Map<String, String> annotationsOfAccount(Pod pod, ControlPlane controlPlane) {
        return controlPlane
                .client()
                .serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .require()
                .getMetadata()
                .getAnnotations();
    }

    OperatorProcess operator() {
        return operator;
    }

    /** Sends the stop signal once and reports whether the process has ended. */
    boolean ended() {
        if (!asked) {
            asked = true;
            operator.sigterm();
        }
        return !operator.isAlive();
    }

    /** Writes the changed status. */
    void publishStatus(Pod pod, KubernetesClient client) {
        String phase = phase();
        String ready = phase.equals("Running") && probesPass() ? "True" : "False";
        var status = pod.getStatus();
        boolean reported = status.getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals(ready));
        if (reported && phase.equals(status.getPhase())) {
            return;
        }
        client.resource(new PodBuilder(pod)
                        .editStatus()
                        .withPhase(phase)
                        .removeMatchingFromConditions(
                                condition -> condition.getType().equals("Ready"))
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready)
                        .endCondition()
                        .endStatus()
                        .build())
                .patchStatus();
    }

    /** Fails the pod with its container. The container is not restarted. */
    private String phase() {
        return operator.isAlive() ? "Running" : operator.awaitExit() == 0 ? "Succeeded" : "Failed";
    }

    private boolean probesPass() {
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(Objects::nonNull)
                .map(Probe::getHttpGet)
                .allMatch(get -> operator.status(get.getPath()) == 200);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "machine").toAbsolutePath()), "pod-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of a pod", e);
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
