package dev.irsa.performance.bench;

import dev.irsa.aws.IamManagedPolicies;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.fixtures.eks.NoAssociations;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.operator.ManagedAccounts;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.fixtures.sweep.SampleRoles;
import dev.irsa.fixtures.sweep.ScriptedCluster;
import dev.irsa.integration.machine.TokenBucket;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleListing;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepReport;
import dev.irsa.port.SweepSnapshot;
import dev.irsa.port.Timing;
import dev.irsa.sweep.AssociationSweep;
import dev.irsa.sweep.SweepPorts;
import dev.irsa.sweep.SweepScheduler;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The sweeps of many clusters in one account that limits calls, in virtual time and by the operator's own scheduler. All clusters start at
 * the same moment. A sweep takes no time, so its calls come at once, and a throttled call fails it. In an operator, the AWS SDK would try
 * again first.
 *
 * @param clusters number of clusters
 * @param calls of one sweep
 * @param perSecond calls that the account allows
 * @param burst calls that it allows at once
 */
record SweepSimulation(int clusters, int calls, double perSecond, int burst) {
    static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final long SEED = 42;

    /**
     * What happened.
     *
     * @param longestGap the longest time between two complete sweeps of a cluster
     * @param peak the most calls of 10 seconds after the first sweep of each cluster
     */
    record Result(int passed, int throttled, Duration longestGap, int peak) {}

    private record Step(Instant due, Swept swept) {}

    Result run(Duration time) {
        var clock = new VirtualClock();
        var start = clock.instant();
        var random = new Random(SEED);
        var bucket = new TokenBucket(
                perSecond, burst, () -> Duration.between(start, clock.instant()).toNanos());
        var steps = new PriorityQueue<Step>(Comparator.comparing(Step::due));
        var accepted = new ArrayList<Instant>();
        var all = new ArrayList<Swept>();
        for (var i = 0; i < clusters; i++) {
            all.add(new Swept(clock, random, () -> {
                if (!bucket.take()) {
                    throw new FailureException(new Failure.Passing(Reason.Throttled, "the account is busy"));
                }
                accepted.add(clock.instant());
            }));
            steps.add(new Step(start, all.getLast()));
        }
        while (steps.element().due().isBefore(start.plus(time))) {
            var step = steps.remove();
            clock.reach(step.due());
            steps.add(new Step(clock.instant().plus(step.swept().scheduler.step()), step.swept()));
        }
        return new Result(
                bucket.passed(),
                bucket.refused(),
                all.stream()
                        .map(swept -> swept.longestGap)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                peak(accepted.stream().filter(start.plus(WINDOW)::isBefore).toList()));
    }

    private static int peak(List<Instant> calls) {
        var peak = 0;
        var first = 0;
        for (var last = 0; last < calls.size(); last++) {
            while (calls.get(first).plus(WINDOW).isBefore(calls.get(last))) {
                first++;
            }
            peak = Math.max(peak, last - first + 1);
        }
        return peak;
    }

    /** The sweeps of one cluster. */
    private final class Swept implements RoleListing, RoleSweepListener, ActivityListener, AssociationSweepListener {
        private final SweepScheduler scheduler;
        private final Runnable call;
        private Instant lastSweep;
        private Duration longestGap = Duration.ZERO;

        Swept(VirtualClock clock, Random random, Runnable call) {
            this.call = call;
            this.lastSweep = clock.instant();
            var iam = new InMemoryIam(clock);
            var ports = new SweepPorts(
                    () -> SampleRoles.CLUSTER,
                    new AccountPorts(
                            new IamRoles(iam, CallInterceptor.NONE),
                            new NoAssociations(),
                            this,
                            new IamOidcProviders(iam, CallInterceptor.NONE),
                            new IamManagedPolicies(iam, CallInterceptor.NONE)),
                    new ScriptedCluster(),
                    (_, _, _) -> {},
                    this,
                    ManagedAccounts.requeuer(_ -> {}, () -> {}),
                    new Timing(clock, clock, () -> random));
            var settings = new SweepSettings(INTERVAL, Duration.ofHours(1), Duration.ofDays(1), false, _ -> true);
            this.scheduler =
                    new SweepScheduler(ports, this, new AssociationSweep(ports, this, settings, () -> false), settings);
        }

        @Override
        public void details(Consumer<ListedRole> each) {
            for (var i = 1; i < calls; i++) {
                call.run();
            }
        }

        @Override
        public void summaries(String pathPrefix, Consumer<Summary> each) {
            call.run();
        }

        @Override
        public List<ResourceRef> observed(SweepSnapshot snapshot) {
            var gap = Duration.between(lastSweep, snapshot.began());
            longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
            lastSweep = snapshot.began();
            return List.of();
        }

        @Override
        public List<ResourceRef> resources() {
            return List.of();
        }

        @Override
        public void requestRead(ResourceRef resource) {}

        @Override
        public void changed(Change change, boolean drift) {}

        @Override
        public void swept(SweepReport report) {}

        @Override
        public Map<String, ResourceRef> associated() {
            return Map.of();
        }

        @Override
        public void observed(String id, Optional<ObservedAssociation> shown, Instant asked) {}
    }
}
