package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.process.OperatorProcess;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints measurements without limits on them, because the machine is shared. */
@Tag("soak")
class StartupMeasurementIT extends EnvironmentTestBase {
    private static final int RUNS = 5;
    private static final int RESOURCES = 10;

    @Test
    void startToFirstReady() throws InterruptedException {
        List<Long> toFirstCall = new ArrayList<>();
        List<Long> toReady = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            AppliedResource resource = AppliedResource.smallest(env, "first");
            env.proxy().clear();
            CountDownLatch ready = new CountDownLatch(1);
            Watch watch = watch(resource.namespace(), ready);
            try {
                long begin = System.nanoTime();
                try (OperatorProcess operator = env.launch().start()) {
                    TestEnvironment.await()
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> env.proxy().calls().count("iam:CreateRole") > 0);
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
        String namespace = env.namespace();
        try (OperatorProcess operator = env.launch().startReady()) {
            IntStream.range(0, RESOURCES)
                    .forEach(i -> env.kubectl()
                            .apply(TestEnvironment.smallest(namespace, "memory-" + i))
                            .orThrow());
            env.kubectl()
                    .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=60s")
                    .orThrow();
            List<Long> readings = new ArrayList<>();
            TestEnvironment.await().pollInterval(Duration.ofSeconds(1)).until(() -> {
                readings.add(operator.residentKiB() / 1024);
                return readings.size() == RUNS;
            });
            print("resident memory with %d resources: median %d MiB of %s"
                    .formatted(RESOURCES, median(readings), readings));
            assertThat(readings).allMatch(reading -> reading > 0);
        }
    }

    /** Uses a watch, because kubectl would add its own start time. */
    private Watch watch(String namespace, CountDownLatch ready) {
        return env.controlPlane()
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
