package dev.irsa.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    @Test
    void killsWhatAKilledJvmLeavesBehind(@TempDir Path folder) throws IOException {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = jvm.inputReader()) {
            var left = Long.parseLong(output.readLine());
            assertThat(isAlive(left)).isTrue();

            jvm.destroyForcibly();

            await().until(() -> !isAlive(left));
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** Starts two processes, ends one, tells the number of the other and waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws InterruptedException {
            var left = start("left", Path.of(args[0]));
            start("ended", Path.of(args[0])).close();
            System.out.println(left.process().pid());
            Thread.currentThread().join();
        }

        private static Processes.Running start(String name, Path folder) {
            return Processes.start(name, List.of("sleep", "300"), Map.of(), folder.resolve(name + ".log"));
        }
    }
}
