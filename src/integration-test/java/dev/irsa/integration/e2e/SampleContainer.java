package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.Processes;
import dev.irsa.integration.pod.PodIdentityWebhook;
import dev.irsa.integration.pod.SamplePod;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The container of the sample's pod, in which {@link SamplePod} stands for the AWS CLI.
 *
 * @param token what the kubelet mounts into it
 * @param aws where it finds AWS
 */
record SampleContainer(Pod pod, String token, URI aws) {
    /**
     * What came of it.
     *
     * @param exitCode 0 is success
     */
    record Ran(int exitCode, String output) {}

    /** Runs it to its end in this environment and no other, with the token in a file of the folder. */
    Ran run(Path mount, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + mount,
                "-cp",
                System.getProperty("java.class.path"),
                SamplePod.class.getName(),
                pod.getSpec().getContainers().getFirst().getArgs().getLast());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        PodIdentityWebhook.TOKEN_FILE,
                        Files.writeString(mount.resolve("token"), token).toString());
        builder.environment().put("AWS_ENDPOINT_URL", aws.toString());
        Path output = mount.resolve("output");
        try (Processes.Running running = Processes.start("the sample's container", builder, output)) {
            return new Ran(running.process().waitFor(), Files.readString(output));
        }
    }
}
