package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Measures events that concern many resources at once, and what new resources feel of them. */
final class ChangeRun {
    private static final Duration ALONE = Duration.ofSeconds(10);

    private final BenchMachine machine;
    private final BenchOptions options;
    private final int size;
    private final List<SharedEdit> edits;
    private final ResourceBatch batch;
    private final List<LargeChange> changes = new ArrayList<>();

    ChangeRun(BenchMachine machine, BenchOptions options, int size, List<SharedEdit> edits) {
        this.machine = machine;
        this.options = options;
        this.size = size;
        this.edits = List.copyOf(edits);
        machine.resetAws(options.latency());
        edits.forEach(SharedEdit::create);
        this.batch =
                ResourceBatch.inOneNamespace(machine.controlPlane.client(), "shared-" + size, size, TemplateEdit.USE);
    }

    /** Starts the operator with all resources, makes one edit after the other, and deletes the namespace. */
    List<LargeChange> run() {
        double alone;
        try (var _ = machine.launch().startReady()) {
            batch.createUntilReady();
            alone = Median.of(probe(ALONE));
        }
        changes.add(start(alone));
        try (var operator = machine.launch().startReady()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            for (var edit : edits) {
                changes.add(measure(edit.name(), meter, alone, () -> make(edit)));
            }
            changes.add(measure("namespace deleted", meter, alone, batch::deleteNamespaces));
        }
        return changes;
    }

    /** Measures one start alone, and what new resources feel of another. */
    private LargeChange start(double alone) {
        machine.proxy.calls().clear();
        machine.audit.countSinceLast();
        Phase started;
        Measurement.Memory memory;
        try (var operator = machine.launch().start()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            operator.awaitReady();
            started = meter.end(meter.awaitRest());
            memory = meter.memory();
        }
        try (var _ = machine.launch().startReady()) {
            return new LargeChange("start", size, started, started.callCount(), memory, alone, probe(started.took()));
        }
    }

    private List<Double> probe(Duration time) {
        try (var probe = new NewResourceProbe(machine.controlPlane.client())) {
            pass(time);
            return probe.end();
        }
    }

    /** What was read within the consistency window is not read again, and such changes are rarely so early. */
    private LargeChange measure(String name, Meter meter, double alone, Supplier<Duration> change) {
        meter.awaitRest();
        pass(options.rest());
        meter.begin();
        try (var probe = new NewResourceProbe(machine.controlPlane.client())) {
            var took = change.get();
            var meanwhile = probe.end();
            var phase = meter.endAtRest(took);
            return new LargeChange(name, size, phase, callsForBatch(), meter.memory(), alone, meanwhile);
        }
    }

    private long callsForBatch() {
        return machine.proxy.calls().all().stream()
                .filter(call -> call.roleName()
                        .filter(role -> NewResourceProbe.isRole(BenchMachine.CLUSTER, role))
                        .isEmpty())
                .count();
    }

    private Duration make(SharedEdit edit) {
        try (var informer = new ReadinessInformer(machine.controlPlane.client(), size, edit::hasReached)) {
            var began = System.nanoTime();
            edit.make();
            informer.awaitAllReady();
            return Duration.ofNanos(informer.lastReady() - began);
        }
    }

    private static void pass(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        Awaitility.await("some time passes")
                .atMost(time.plusMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> System.nanoTime() - end >= 0);
    }
}
