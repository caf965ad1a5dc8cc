package dev.irsa.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.aws.IamListing;
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
import dev.irsa.fixtures.sweep.ScriptedListing;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.Associations;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleSweepListener;
import dev.irsa.port.SweepReport;
import dev.irsa.port.SweepSnapshot;
import dev.irsa.port.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SweepSchedulerTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final ResourceRef REF = new ResourceRef("payments", "a", "uid");

    private final VirtualClock clock = new VirtualClock();
    private final ScriptedListing listing = new ScriptedListing().with("a");
    private final ScriptedCluster cluster = new ScriptedCluster();
    private final List<SweepSnapshot> snapshots = new ArrayList<>();
    private final List<ResourceRef> woken = new ArrayList<>();
    private final List<ResourceRef> due = new ArrayList<>();
    private final List<SweepReport> reports = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private ClusterIdentitySource identities = () -> SampleRoles.CLUSTER;

    private final RoleSweepListener observer = new RoleSweepListener() {
        @Override
        public List<ResourceRef> observed(SweepSnapshot snapshot) {
            snapshots.add(snapshot);
            return List.of(REF);
        }

        @Override
        public List<ResourceRef> resources() {
            return List.of(REF);
        }

        @Override
        public void requestRead(ResourceRef resource) {
            due.add(resource);
        }
    };

    private static final class UnassociatedResources implements AssociationSweepListener {
        @Override
        public Map<String, ResourceRef> associated() {
            return Map.of();
        }

        @Override
        public void observed(String id, Optional<ObservedAssociation> shown, Instant asked) {
            throw new AssertionError("no association is known");
        }
    }

    static AccountPorts account(InstantSource clock, Associations associations) {
        InMemoryIam iam = new InMemoryIam(clock);
        return new AccountPorts(
                new IamRoles(iam, CallInterceptor.NONE),
                associations,
                new IamListing(iam, CallInterceptor.NONE, 100),
                new IamOidcProviders(iam, CallInterceptor.NONE),
                new IamManagedPolicies(iam, CallInterceptor.NONE));
    }

    private SweepScheduler sweeper() {
        return sweeper(new Random(7));
    }

    private SweepScheduler sweeper(RandomGenerator random) {
        cluster.cached.add("payments/a");
        AccountPorts account = account(clock, new NoAssociations());
        SweepPorts ports = new SweepPorts(
                () -> identities.current(),
                new AccountPorts(
                        account.roles(), account.associations(), listing, account.providers(), account.policies()),
                cluster,
                (warning, reason, note) -> warnings.add(reason),
                new ActivityListener() {
                    @Override
                    public void changed(Change change, boolean drift) {}

                    @Override
                    public void swept(SweepReport report) {
                        reports.add(report);
                    }
                },
                ManagedAccounts.requeuer(woken::add, () -> {}),
                new Timing(clock, clock, () -> random));
        SweepSettings settings =
                new SweepSettings(INTERVAL, Duration.ofHours(1), Duration.ofDays(1), false, namespace -> true);
        return new SweepScheduler(
                ports,
                observer,
                new AssociationSweep(ports, new UnassociatedResources(), settings, () -> false),
                settings);
    }

    /** As its thread drives it. */
    private void run(SweepScheduler sweeper, Duration time) {
        Instant end = clock.instant().plus(time);
        Duration pause = sweeper.step();
        while (clock.instant().plus(pause).isBefore(end)) {
            clock.pass(pause);
            pause = sweeper.step();
        }
        clock.reach(end);
    }

    @Test
    void secondSweepIsAtRandomTimeWithinInterval() {
        Random random = new Random(7);
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pauses.add(sweeper(random).step());
        }

        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), INTERVAL))
                .anySatisfy(pause -> assertThat(pause).isLessThan(INTERVAL.dividedBy(4)))
                .anySatisfy(pause ->
                        assertThat(pause).isGreaterThan(INTERVAL.multipliedBy(3).dividedBy(4)));
    }

    @Test
    void isDueAtOnceAndWithinInterval() {
        SweepScheduler sweeper = sweeper();
        clock.pass(sweeper.step());
        snapshots.clear();
        Duration pause = sweeper.step();

        assertThat(snapshots).hasSize(1);
        assertThat(pause).isBetween(INTERVAL.multipliedBy(8).dividedBy(10), INTERVAL);
        clock.pass(pause.minusMillis(1));
        assertThat(sweeper.step()).isEqualTo(Duration.ofMillis(1));
        assertThat(snapshots).hasSize(1);
        clock.pass(Duration.ofMillis(1));
        sweeper.step();
        assertThat(snapshots).hasSize(2);
    }

    @Test
    void jitterDiffersFromSweepToSweep() {
        SweepScheduler sweeper = sweeper();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pauses.add(sweeper.step());
            clock.pass(pauses.getLast());
        }

        assertThat(pauses).doesNotHaveDuplicates();
    }

    @Test
    void requeuesChangedResourcesAndReports() {
        listing.beforeDetails = () -> clock.pass(Duration.ofSeconds(3));
        sweeper().step();

        assertThat(woken).containsExactly(REF);
        assertThat(due).isEmpty();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.took()).isEqualTo(Duration.ofSeconds(3));
            assertThat(report.snapshot().roles()).hasSize(1);
            assertThat(report.concerned()).isEqualTo(1);
            assertThat(report.orphans() + report.roles().retained()).isZero();
        });
    }

    @Test
    void intervalCountsFromStartOfSweep() {
        listing.beforeDetails = () -> clock.pass(Duration.ofMinutes(5));

        SweepScheduler sweeper = sweeper();
        clock.pass(sweeper.step());

        assertThat(sweeper.step()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
    }

    @Test
    void slowSweepIsFollowedByShortPause() {
        listing.beforeDetails = () -> clock.pass(Duration.ofMinutes(50));

        assertThat(sweeper().step()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void slowFailureIsFollowedByPause() {
        listing.beforeDetails = () -> clock.pass(Duration.ofMinutes(5));
        listing.throttled();

        assertThat(sweeper().step()).isPositive();
    }

    @Test
    void retriesFailuresWithExponentialBackoff() {
        SweepScheduler sweeper = sweeper();
        listing.throttled();
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60, 60}) {
            Duration pause = sweeper.step();
            assertThat(pause.toMillis()).isBetween(seconds * 800L, seconds * 1000L);
            clock.pass(pause);
        }
        listing.failure = Optional.empty();
        clock.pass(sweeper.step());
        listing.throttled();
        assertThat(sweeper.step()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(warnings).isEmpty();
    }

    @Test
    void backoffDoesNotOverflow() {
        SweepScheduler sweeper = sweeper();
        listing.throttled();
        run(sweeper, Duration.ofDays(3));

        assertThat(sweeper.step()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void fallsBackToSingleReadsUntilNextSweep() {
        SweepScheduler sweeper = sweeper();
        listing.throttled();
        run(sweeper, Duration.ofMinutes(59));
        assertThat(due).isEmpty();
        run(sweeper, Duration.ofHours(2));
        assertThat(due).hasSizeBetween(1, 3);

        listing.failure = Optional.empty();
        run(sweeper, Duration.ofMinutes(2));
        due.clear();
        run(sweeper, Duration.ofHours(3));
        assertThat(due).isEmpty();
    }

    /** A replica that stands by has not swept for hours, and neither has an unused account. */
    @Test
    void timeWithoutSweepIsNoFailure() {
        SweepScheduler sweeper = sweeper();
        clock.pass(Duration.ofHours(5));
        sweeper.step();
        clock.pass(Duration.ofHours(5));
        listing.throttled();

        run(sweeper, Duration.ofMinutes(59));
        assertThat(warnings).isEmpty();

        run(sweeper, Duration.ofMinutes(3));
        assertThat(warnings).containsExactly("SweepFailing");
    }

    @Test
    void reportsDenialOnceAndFallsBackAtOnce() {
        SweepScheduler sweeper = sweeper();
        listing.denied();
        sweeper.step();
        run(sweeper, Duration.ofMinutes(61));

        assertThat(warnings).containsExactly("SweepDenied");
        assertThat(due).isNotEmpty();
        assertThat(snapshots).isEmpty();
        assertThat(reports).isEmpty();
        // The right may come at any time, and asking for it costs one call.
        assertThat(listing.passes).isBetween(6, 8);
    }

    @Test
    void readsNothingWithoutCallerIdentity() {
        identities = () -> {
            throw new FailureException(new Failure.Passing(Reason.AwsUnavailable, "who?"));
        };
        SweepScheduler sweeper = sweeper();
        run(sweeper, Duration.ofMinutes(5));
        assertThat(listing.passes).isZero();

        identities = () -> SampleRoles.CLUSTER;
        run(sweeper, Duration.ofMinutes(2));
        assertThat(snapshots).hasSize(1);
    }

    @Test
    void deniedCallerIdentityIsNotSweepDenial() {
        identities = () -> {
            throw new FailureException(new Failure.AccessDenied("eks:DescribeCluster", "no"));
        };
        SweepScheduler sweeper = sweeper();
        run(sweeper, Duration.ofMinutes(5));
        assertThat(warnings).isEmpty();

        identities = () -> SampleRoles.CLUSTER;
        run(sweeper, Duration.ofMinutes(2));
        assertThat(snapshots).hasSize(1);
    }
}
