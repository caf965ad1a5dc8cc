package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prints measurements without limits on them, because the machine is shared. */
@Tag("soak")
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasureIT {
    private static final int RUNS = 5;
    private static final int RESOURCES = 10;

    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void startToFirstReady() throws InterruptedException {
        List<Long> toFirstCall = new ArrayList<>();
        List<Long> toReady = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            AppliedResource resource = AppliedResource.smallest(world, "first");
            world.proxy().clear();
            CountDownLatch ready = new CountDownLatch(1);
            Watch watch = watch(resource.namespace(), ready);
            try {
                long begin = System.nanoTime();
                try (OperatorProcess operator = world.launch().start()) {
                    World.await()
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> world.proxy().calls().count("iam:CreateRole") > 0);
                    toFirstCall.add(millisSince(begin));
                    assertThat(ready.await(60, TimeUnit.SECONDS))
                            .as(operator.log())
                            .isTrue();
                    toReady.add(millisSince(begin));
                }
            } finally {
                watch.close();
            }
            resource.patch("{\"metadata\":{\"finalizers\":null}}").delete().awaitGone();
        }
        print("process start to first CreateRole: median %d ms of %s".formatted(median(toFirstCall), toFirstCall));
        print("process start to first Ready: median %d ms of %s".formatted(median(toReady), toReady));
        assertThat(toReady).hasSize(RUNS);
    }

    @Test
    void residentMemoryWithTenResources() {
        String namespace = world.namespace();
        try (OperatorProcess operator = world.launch().startReady()) {
            IntStream.range(0, RESOURCES)
                    .forEach(i -> world.kubectl()
                            .apply(World.smallest(namespace, "memory-" + i))
                            .orThrow());
            world.kubectl()
                    .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=60s")
                    .orThrow();
            List<Long> readings = new ArrayList<>();
            World.await().pollInterval(Duration.ofSeconds(1)).until(() -> {
                readings.add(operator.residentKiB() / 1024);
                return readings.size() == RUNS;
            });
            print("resident memory with %d resources: median %d MiB of %s"
                    .formatted(RESOURCES, median(readings), readings));
            assertThat(readings).allMatch(reading -> reading > 0);
        }
    }

    /** kubectl would add its own start to the figure. */
    private Watch watch(String namespace, CountDownLatch ready) {
        return world.controlPlane()
                .client()
                .resources(IamServiceAccount.class)
                .inNamespace(namespace)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, IamServiceAccount resource) {
                        var status = resource.getStatus();
                        if (status != null
                                && status.conditions().stream()
                                        .anyMatch(condition -> condition.type().equals("Ready")
                                                && condition.status().equals("True"))) {
                            ready.countDown();
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                });
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void print(String figure) {
        System.out.println("MEASURED " + figure);
    }
}
