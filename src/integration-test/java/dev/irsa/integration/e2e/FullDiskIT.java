package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** There is no room for the log: the operator works without, and tells again when there is. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskIT {
    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Tag("soak")
    @Test
    void theDiskIsFullBeforeTheFirstLine() {
        List<String> intoFullDisk = Stream.concat(
                        Stream.of("sh", "-c", "exec \"$0\" \"$@\" >/dev/full 2>&1"),
                        OperatorLaunch.builtEntrypoint().stream())
                .toList();

        try (OperatorProcess operator =
                world.sweeping().withEntrypoint(intoFullDisk).startReady()) {
            works(operator);

            assertThat(operator.log()).isEmpty();
            operator.sigterm();
            assertThat(operator.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void theDiskFillsUpAndHasRoomAgain() {
        try (OperatorProcess operator = world.sweeping().startReady()) {
            PendingWork.prepare(world);
            // No file of its own may grow any more.
            limitFiles(operator, "0");
            String before = operator.log();
            works(operator);
            assertThat(operator.log()).isEqualTo(before);

            limitFiles(operator, "unlimited");
            Stopwatch recovery = Stopwatch.start("outage: the disk of the log is full");
            AppliedResource resource =
                    AppliedResource.smallest(world, "invoices").awaitReady();
            World.await()
                    .until(() -> operator.log()
                            .contains(
                                    "create role " + world.role(resource.role()).arn()));
            recovery.print("recovered");
        }
    }

    private void works(OperatorProcess operator) {
        PendingWork work = PendingWork.prepare(world);
        work.ask();
        work.awaitDone();
        work.assertDone();
        assertThat(operator.status("/livez")).isEqualTo(200);
        assertThat(operator.status("/readyz")).isEqualTo(200);
    }

    private static void limitFiles(OperatorProcess operator, String bytes) {
        new Command(List.of("prlimit", "--pid=" + operator.pid(), "--fsize=" + bytes + ":unlimited"), Map.of())
                .run("")
                .orThrow();
    }
}
