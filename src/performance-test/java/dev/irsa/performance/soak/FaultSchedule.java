package dev.irsa.performance.soak;

import dev.irsa.integration.machine.FaultyCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Injects one fault after the other, each for the same time. */
final class FaultSchedule {
    private static final List<FaultKind> KINDS = List.of(FaultKind.values());
    private static final Duration SLOWNESS = Duration.ofSeconds(5);

    private final SoakMachine machine;
    private final Duration lasts;
    private final List<InjectedFault> injected = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    FaultSchedule(SoakMachine machine, Duration lasts) {
        this.machine = machine;
        this.lasts = lasts;
    }

    /** Injects the next fault and removes it. */
    void next() throws InterruptedException {
        FaultKind kind = KINDS.get(injected.size() % KINDS.size());
        Instant from = Instant.now();
        begin(kind);
        try {
            stopped.await(lasts.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            end(kind);
            injected.add(new InjectedFault(kind, from, Instant.now()));
        }
    }

    /** Ends the current fault. */
    void stop() {
        stopped.countDown();
    }

    /** Returns the injected faults. */
    List<InjectedFault> injected() {
        return List.copyOf(injected);
    }

    private void begin(FaultKind kind) {
        switch (kind) {
            case THROTTLED -> calls().limit(1, 1);
            case API_SERVER_DOWN -> machine.controlPlane().stopApiServer();
            case CUT -> calls().closeConnection();
            case LOST -> calls().loseAnswer();
            case SLOW -> calls().delay(SLOWNESS);
            case ETCD_FROZEN -> machine.controlPlane().freezeEtcd();
            case FAILING -> calls().fail(500, "ServiceFailure", "The request processing has failed.");
            case NONSENSE -> calls().answerInvalidBody();
        }
    }

    private void end(FaultKind kind) {
        switch (kind) {
            case API_SERVER_DOWN -> machine.controlPlane().startApiServer();
            case ETCD_FROZEN -> machine.controlPlane().thawEtcd();
            case THROTTLED, CUT, LOST, SLOW, FAILING, NONSENSE ->
                machine.proxy().faults().clear();
        }
    }

    private FaultyCalls calls() {
        return machine.proxy().faults().on("*");
    }
}
