package dev.irsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamRoles;
import dev.irsa.drift.Sightings;
import dev.irsa.drift.Snapshot;
import dev.irsa.drift.SweepPorts;
import dev.irsa.drift.SweepSettings;
import dev.irsa.drift.Sweeper;
import dev.irsa.fake.CrashGate;
import dev.irsa.fake.InMemoryCluster;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate;
import dev.irsa.port.Identities;
import dev.irsa.port.ResourceRef;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SweepLoopTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryIam iam = new InMemoryIam(clock);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void outlivesADefect() {
        SweepLoop loop = loop(() -> {
            asked.incrementAndGet();
            throw new IllegalStateException("a defect");
        });
        loop.start();

        await().until(() -> asked.get() > 0);
        assertThat(loop.isAlive()).isTrue();
        loop.stop();
        await().until(() -> !loop.isAlive());
    }

    @Test
    void saysWhenItHasEndedForGood() {
        SweepLoop loop = loop(() -> {
            throw new NoClassDefFoundError("a part of the program is missing");
        });
        loop.start();

        // The error itself is for the log, and not for the test.
        await().dontCatchUncaughtExceptions().until(() -> !loop.isAlive());
    }

    private SweepLoop loop(Identities identities) {
        return new SweepLoop(new Sweeper(
                new SweepPorts(
                        identities,
                        new IamListing(iam, Gate.OPEN, 100),
                        new IamRoles(iam, Gate.OPEN),
                        new InMemoryCluster(clock, new CrashGate()),
                        (reason, note) -> {}),
                new Nobody(),
                resource -> {},
                report -> {},
                SweepSettings.DEFAULT,
                clock,
                new Random(7)));
    }

    private static final class Nobody implements Sightings {
        @Override
        public List<ResourceRef> saw(Snapshot snapshot) {
            return List.of();
        }

        @Override
        public List<ResourceRef> watched() {
            return List.of();
        }

        @Override
        public void lookAgain(ResourceRef resource) {
            throw new AssertionError("nobody is watched");
        }
    }
}
