package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Measures the life of a number of resources, from creation to deletion. */
final class Scenario {
    private static final String SWEEP_INTERVAL = "--sweep-interval";

    private final BenchMachine machine;
    private final BenchOptions options;
    private final String name;
    private final OperatorLaunch launch;

    /** Adds arguments to the default ones of the operator. */
    Scenario(BenchMachine machine, BenchOptions options, String name, String... arguments) {
        this.machine = machine;
        this.options = options;
        this.name = name;
        this.launch = machine.launch().withArguments(arguments);
    }

    Measurement run(int size) {
        machine.resetAws(options.latency());
        var baseline = BaselineCalls.of(size, machine.proxy.uri());
        machine.resetAws(options.latency());
        var batch = new ResourceBatch(machine.controlPlane.client(), name, size);
        var first = firstProcess(batch);
        var second = secondProcess();
        var third = thirdProcess(batch);
        batch.awaitNoServiceAccounts();
        return new Measurement(
                size,
                baseline,
                first.create(),
                first.rest(),
                first.memory(),
                second.restart(),
                second.ready(),
                third.drift(),
                third.drifted(),
                third.memory(),
                third.deletion());
    }

    /** The first process: running when the resources are created. */
    private record First(Phase create, Phase rest, Measurement.Memory memory) {}

    private First firstProcess(ResourceBatch batch) {
        try (var operator = launch.startReady()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            meter.begin();
            var create = meter.endAtRest(batch.createUntilReady());
            meter.begin();
            Awaitility.await("some time passes")
                    .atMost(options.rest().plusMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> meter.elapsed().compareTo(options.rest()) >= 0);
            return new First(create, meter.end(meter.elapsed()), meter.memory());
        }
    }

    /** The second process: everything is up to date. */
    private record Second(Phase restart, Duration ready) {}

    private Second secondProcess() {
        machine.proxy.calls().clear();
        machine.audit.countSinceLast();
        var began = System.nanoTime();
        try (var operator = launch.start()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            operator.awaitReady();
            var ready = Duration.ofNanos(System.nanoTime() - began);
            return new Second(meter.end(meter.awaitRest()), ready);
        }
    }

    /** The third process: sweeps often, repairs drift, and handles the deletions. */
    private record Third(Optional<Phase> drift, int drifted, Measurement.Memory memory, Phase deletion) {}

    private Third thirdProcess(ResourceBatch batch) {
        var looksOften = Flags.of(launch.entrypoint()).has(SWEEP_INTERVAL);
        var often = looksOften ? launch.withArguments(SWEEP_INTERVAL + "=" + options.sweepInterval()) : launch;
        try (var operator = often.startReady();
                var console = IamClients.at(machine.moto.endpoint())) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            var drift = new InducedDrift(console, looksOften ? batch.roles(BenchMachine.CLUSTER) : List.of());
            drift.happen();
            meter.begin();
            drift.awaitRepaired();
            var repaired = meter.end(meter.elapsed());
            var memory = meter.memory();
            meter.begin();
            var deletion = meter.endAtRest(batch.deleteAndAwait());
            return new Third(looksOften ? Optional.of(repaired) : Optional.empty(), drift.size(), memory, deletion);
        }
    }
}
