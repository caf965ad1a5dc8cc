package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.Processes;
import dev.irsa.integration.pod.PodIdentityWebhook;
import dev.irsa.integration.pod.SamplePod;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The container of the sample's pod, with {@link SamplePod} in place of the AWS CLI.
 *
 * @param token the token that the kubelet mounts
 * @param aws the endpoint of AWS
 */
record SampleContainer(Pod pod, String token, URI aws) {
    /**
     * The result of a run.
     *
     * @param exitCode 0 is success
     */
    record Result(int exitCode, String output) {}

    /** Runs the container with only this environment and with the token in a file of the folder. */
    Result run(Path mount, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + mount,
                "-cp",
                System.getProperty("java.class.path"),
                SamplePod.class.getName()));
        words.addAll(pod.getSpec().getContainers().getFirst().getArgs());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        PodIdentityWebhook.TOKEN_FILE,
                        Files.writeString(mount.resolve("token"), token).toString());
        builder.environment().put("AWS_ENDPOINT_URL", aws.toString());
        Path output = mount.resolve("output");
        try (Processes.Running running = Processes.start("the sample's container", builder, output)) {
            return new Result(running.process().waitFor(), Files.readString(output));
        }
    }
}
