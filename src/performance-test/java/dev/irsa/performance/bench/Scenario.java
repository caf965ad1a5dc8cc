package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The life of so many resources, from the first create to the last deletion. */
final class Scenario {
    private static final String SWEEP_INTERVAL = "--sweep-interval";

    private final BenchMachine machine;
    private final BenchOptions options;
    private final String name;
    private final OperatorLaunch launch;

    /** With arguments of the operator beside those that it always gets. */
    Scenario(BenchMachine machine, BenchOptions options, String name, String... arguments) {
        this.machine = machine;
        this.options = options;
        this.name = name;
        this.launch = machine.launch().withArguments(arguments);
    }

    Measurement run(int size) {
        machine.resetAws(options.latency());
        var floor = BaselineCalls.of(size, machine.proxy.uri());
        machine.resetAws(options.latency());
        var fleet = new ResourceBatch(machine.controlPlane.client(), name, size);
        var first = firstProcess(fleet);
        var second = secondProcess();
        var third = thirdProcess(fleet);
        fleet.awaitNoServiceAccounts();
        return new Measurement(
                size,
                floor,
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

    /** It works when the resources come. */
    private record First(Phase create, Phase rest, Measurement.Memory memory) {}

    private First firstProcess(ResourceBatch fleet) {
        try (var operator = launch.startReady()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            meter.begin();
            var create = meter.endAtRest(fleet.createUntilReady());
            meter.begin();
            Awaitility.await("some time passes")
                    .atMost(options.rest().plusMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> meter.elapsed().compareTo(options.rest()) >= 0);
            return new First(create, meter.end(meter.elapsed()), meter.memory());
        }
    }

    /** It finds everything as it should be. */
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

    /** It looks often, finds what was changed, and sees all go. */
    private record Third(Optional<Phase> drift, int drifted, Measurement.Memory memory, Phase deletion) {}

    private Third thirdProcess(ResourceBatch fleet) {
        var looksOften = Flags.of(launch.entrypoint()).has(SWEEP_INTERVAL);
        var often = looksOften ? launch.withArguments(SWEEP_INTERVAL + "=" + options.sweepInterval()) : launch;
        try (var operator = often.startReady();
                var console = IamClients.at(machine.moto.endpoint())) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            var drift = new InducedDrift(console, looksOften ? fleet.roles(BenchMachine.CLUSTER) : List.of());
            drift.happen();
            meter.begin();
            drift.awaitRepaired();
            var repaired = meter.end(meter.elapsed());
            var memory = meter.memory();
            meter.begin();
            var deletion = meter.endAtRest(fleet.deleteUntilGone());
            return new Third(looksOften ? Optional.of(repaired) : Optional.empty(), drift.size(), memory, deletion);
        }
    }
}
