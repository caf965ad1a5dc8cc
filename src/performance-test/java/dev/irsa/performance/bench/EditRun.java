package dev.irsa.performance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Measures how long the operator needs to change all roles after edits of what their resources share. */
record EditRun(BenchMachine machine, BenchOptions options, List<SharedEdit> edits) {
    EditRun {
        edits = List.copyOf(edits);
    }

    /**
     * Makes one edit after the other for the same resources. Returns their phases, each from the edit until all resources are
     * Ready with it.
     */
    List<Phase> run(int resources) {
        machine.resetAws(options.latency());
        edits.forEach(SharedEdit::create);
        var batch =
                new ResourceBatch(machine.controlPlane.client(), "shared-" + resources, resources, TemplateEdit.USE);
        var phases = new ArrayList<Phase>();
        try (var operator = machine.launch().startReady()) {
            batch.createUntilReady();
            var meter = new Meter(machine.proxy, machine.audit, operator);
            for (var edit : edits) {
                meter.awaitRest();
                awaitOldReads(meter);
                meter.begin();
                phases.add(meter.endAtRest(make(edit, resources)));
            }
            batch.deleteAndAwait();
            batch.awaitNoServiceAccounts();
        }
        return phases;
    }

    /** What was read within the consistency window is not read again, and such edits are rarely so early. */
    private void awaitOldReads(Meter meter) {
        meter.begin();
        Awaitility.await("some time passes")
                .atMost(options.rest().plusMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> meter.elapsed().compareTo(options.rest()) >= 0);
    }

    private Duration make(SharedEdit edit, int resources) {
        try (var informer = new ReadinessInformer(machine.controlPlane.client(), resources, edit::hasReached)) {
            var began = System.nanoTime();
            edit.make();
            informer.awaitAllReady();
            return Duration.ofNanos(informer.lastReady() - began);
        }
    }
}
