package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.FaultProxy;
import java.time.Duration;
import java.util.ArrayDeque;
import org.awaitility.Awaitility;

/** Measures one process of the operator, phase by phase. */
final class Meter {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_AT_REST = 12;
    private static final Duration BUSY = Duration.ofMillis(150);

    private final FaultProxy proxy;
    private final AuditLog audit;
    private final OperatorProcess operator;
    private Duration cpuBefore;
    private CpuUsage processorsBefore = CpuUsage.now();
    private long began = System.nanoTime();

    /** Starts the first phase of a new process. */
    Meter(FaultProxy proxy, AuditLog audit, OperatorProcess operator) {
        this.proxy = proxy;
        this.audit = audit;
        this.operator = operator;
        this.cpuBefore = Duration.ZERO;
    }

    /** Starts a phase. */
    void begin() {
        proxy.calls().clear();
        audit.countSinceLast();
        cpuBefore = operator.cpu();
        processorsBefore = CpuUsage.now();
        began = System.nanoTime();
    }

    /** Ends a phase once the operator is idle: events are written after the status. */
    Phase endAtRest(Duration took) {
        var processors = CpuUsage.now().since(processorsBefore);
        awaitRest();
        return phase(took, processors);
    }

    /** Ends a phase. */
    Phase end(Duration took) {
        return phase(took, CpuUsage.now().since(processorsBefore));
    }

    private Phase phase(Duration took, CpuUsage processors) {
        return new Phase(
                took,
                proxy.calls().counts(),
                proxy.calls().peakInFlight(),
                proxy.calls().peakPerSecond(),
                audit.countSinceLast(),
                operator.cpu().minus(cpuBefore),
                processors);
    }

    /** Returns the time since the start of the phase. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Returns the current memory. */
    Measurement.Memory memory() {
        return new Measurement.Memory(operator.residentKiB(), operator.peakResidentKiB());
    }

    /**
     * Waits until the operator has been idle for three seconds: no calls and almost no CPU. Returns the time from the
     * start of the phase to the start of this idle time.
     */
    Duration awaitRest() {
        var looks = new ArrayDeque<Look>();
        Awaitility.await("the operator is at rest")
                .atMost(Duration.ofMinutes(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(() -> {
                    looks.addLast(new Look(
                            elapsed(), operator.cpu(), proxy.calls().all().size()));
                    if (looks.size() <= LOOKS_AT_REST) {
                        return false;
                    }
                    looks.removeFirst();
                    return looks.getLast().isRestSince(looks.getFirst());
                });
        return looks.getFirst().at();
    }

    private record Look(Duration at, Duration cpu, int calls) {
        boolean isRestSince(Look earlier) {
            return calls == earlier.calls && cpu.minus(earlier.cpu).compareTo(BUSY) < 0;
        }
    }
}
