package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.integration.machine.TestMachine;
import java.io.IOException;
import java.io.OutputStream;

/** A script of {@code src/integration-test/node}, which reads JSON and writes JSON. */
record NodeScript(String file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the script with this input and returns its output. */
    JsonNode run(JsonNode input) {
        try {
            Process node = new ProcessBuilder(
                            "node",
                            "src/integration-test/node/" + file,
                            TestMachine.nodePackages().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream to = node.getOutputStream()) {
                JSON.writeValue(to, input);
            }
            byte[] output = node.getInputStream().readAllBytes();
            assertThat(node.waitFor()).as("exit code of " + file).isZero();
            return JSON.readTree(output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + file, e);
        }
    }
}
