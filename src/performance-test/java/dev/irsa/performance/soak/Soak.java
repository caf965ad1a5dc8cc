package dev.irsa.performance.soak;

import dev.irsa.fixtures.process.OperatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Runs the operator under load and faults for an hour, and writes the results to docs/reliability.md. */
public final class Soak {
    private static final Path SAMPLES = Path.of("target", "soak", "samples.csv");
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final SoakMachine machine;
    private final OperatorProcess operator;
    private final SoakOptions options;
    private final ResourceChurn churn;
    private final FaultSchedule faultSchedule;
    private final StateVerifier verifier;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private Soak(SoakMachine machine, OperatorProcess operator, SoakOptions options) {
        this.machine = machine;
        this.operator = operator;
        this.options = options;
        this.churn = new ResourceChurn(machine, options.resources());
        this.faultSchedule = new FaultSchedule(machine, options.faultLasts());
        this.verifier = new StateVerifier(machine);
    }

    /** Exits with 1 if a criterion fails. {@link SoakOptions} lists the arguments. */
    public static void main(String[] args) throws IOException {
        SoakOptions options = SoakOptions.of(args);
        String summary = SoakSummary.of(options);
        List<Criterion> failed;
        try (SoakMachine machine = SoakMachine.start();
                OperatorProcess operator = machine.launch()
                        .withArguments(
                                "--sweep-interval=" + options.sweepInterval().toSeconds() + "s")
                        .startReady()) {
            failed = new Soak(machine, operator, options).run(summary);
        }
        failed.forEach(criterion -> System.err.println("FAILED: " + criterion.what() + ": " + criterion.found()));
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private List<Criterion> run(String summary) throws IOException {
        log("creating " + options.resources() + " resources");
        churn.begin();
        settle();
        Sampler sampler = new Sampler(machine, operator, SAMPLES);
        List<Double> heaps = new ArrayList<>();
        try (ScheduledExecutorService watch = every(options.sampleEvery(), "sample", sampler::sample)) {
            try (ScheduledExecutorService people = every(PACE, "churn", churn::next);
                    ScheduledExecutorService faults = every(options.faultEvery(), "fault", faultSchedule::next)) {
                log("warm-up phase");
                pass(sampler, options.warmUp());
                heaps.add(LiveHeap.of(operator.pid()));
                log("churn phase");
                pass(sampler, options.warmUp().plus(options.churn()));
                heaps.add(LiveHeap.of(operator.pid()));
                faultSchedule.stop();
                people.shutdown();
                faults.shutdown();
            }
            Awaitility.await("the last operation completes").atMost(PATIENCE).until(churn::isFinished);
            Duration stopped = sampler.elapsed();
            settle();
            Duration settled = sampler.elapsed();
            log("idle phase; all resources matched their specs after "
                    + settled.minus(stopped).toSeconds() + " s");
            pass(sampler, settled.plus(options.rest()));
            heaps.add(LiveHeap.of(operator.pid()));
            watch.shutdown();
            return judge(summary, sampler, settled, heaps, settled.minus(stopped));
        }
    }

    private List<Criterion> judge(
            String summary, Sampler sampler, Duration settled, List<Double> heaps, Duration settling)
            throws IOException {
        Duration from = options.warmUp();
        Duration to = from.plus(options.churn());
        SoakResults results = new SoakResults(
                sampler.between(from, from.plus(options.window())),
                sampler.between(to.minus(options.window()), to),
                sampler.between(settled.plus(options.rest().dividedBy(2)), settled.plus(options.rest())),
                sampler.all(),
                heaps,
                WarningAttribution.of(
                        LogLine.warnings(operator.log()), faultSchedule.injected(), churn.explainedByHand()),
                verifier.differences(churn.present()),
                errors);
        String ended = summary + SoakSummary.ended(churn.done(), settling);
        SoakReport report = new SoakReport(ended, results, faultSchedule.injected());
        System.out.println(report.markdown());
        results.log().unexplained().forEach(line -> System.out.println("UNEXPLAINED: " + line.text()));
        report.write();
        return results.criteria().stream()
                .filter(criterion -> !criterion.holds())
                .toList();
    }

    /** Waits until all resources match their specs; the criteria report remaining differences. */
    private void settle() {
        try {
            Awaitility.await("all is as it was asked for")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> verifier.differences(churn.present()).isEmpty());
        } catch (ConditionTimeoutException e) {
            log("this is not: " + e);
        }
    }

    private void pass(Sampler sampler, Duration until) {
        Awaitility.await("time passes")
                .atMost(until.plus(PATIENCE))
                .pollInterval(PACE)
                .until(() -> {
                    if (!operator.isAlive()) {
                        throw new IllegalStateException("the operator has ended: " + operator.awaitExit());
                    }
                    return sampler.elapsed().compareTo(until) >= 0;
                });
    }

    private ScheduledExecutorService every(Duration pace, String what, Work work) {
        ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(what).factory());
        var _ = hand.scheduleAtFixedRate(
                () -> {
                    try {
                        work.go();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        errors.add(what + ": " + e);
                    }
                },
                pace.toMillis(),
                pace.toMillis(),
                TimeUnit.MILLISECONDS);
        return hand;
    }

    private static void log(String what) {
        System.out.println("soak: " + what);
    }

    /** A step that is repeated. */
    @FunctionalInterface
    private interface Work {
        void go() throws InterruptedException;
    }
}
