package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk of the log is full. The operator works without a log and resumes logging once there is space. */
class FullDiskIT extends EnvironmentTestBase {
    @Tag("soak")
    @Test
    void worksWhenDiskIsFullFromStart() {
        List<String> intoFullDisk = Stream.concat(
                        Stream.of("sh", "-c", "exec \"$0\" \"$@\" >/dev/full 2>&1"),
                        OperatorLaunch.builtEntrypoint().stream())
                .toList();

        try (OperatorProcess operator =
                env.sweeping().withEntrypoint(intoFullDisk).startReady()) {
            assertWorks(operator);

            assertThat(operator.log()).isEmpty();
            operator.sigterm();
            assertThat(operator.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void resumesLoggingWhenDiskSpaceIsAvailableAgain() {
        try (OperatorProcess operator = env.sweeping().startReady()) {
            PendingWork.prepare(env);
            // From here on, the process cannot extend any file.
            limitFileSize(operator, "0");
            String before = operator.log();
            assertWorks(operator);
            assertThat(operator.log()).isEqualTo(before);

            limitFileSize(operator, "unlimited");
            Stopwatch recovery = Stopwatch.start("outage: the disk of the log is full");
            AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
            TestEnvironment.await()
                    .until(() -> operator.log()
                            .contains("create role " + env.role(resource.role()).arn()));
            recovery.print("recovered");
        }
    }

    private void assertWorks(OperatorProcess operator) {
        PendingWork work = PendingWork.prepare(env);
        work.start();
        work.awaitDone();
        work.assertDone();
        assertThat(operator.status("/livez")).isEqualTo(200);
        assertThat(operator.status("/readyz")).isEqualTo(200);
    }

    private static void limitFileSize(OperatorProcess operator, String bytes) {
        new Command(List.of("prlimit", "--pid=" + operator.pid(), "--fsize=" + bytes + ":unlimited"), Map.of())
                .run("")
                .orThrow();
    }
}
