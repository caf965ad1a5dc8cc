package dev.irsa.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.aws.EksAssociations;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.fixtures.eks.AssociationRecord;
import dev.irsa.fixtures.eks.InMemoryEks;
import dev.irsa.fixtures.operator.ManagedAccounts;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.sweep.SampleRoles;
import dev.irsa.fixtures.sweep.ScriptedCluster;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.Timing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssociationSweepTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration DESCRIBE_INTERVAL = Duration.ofDays(1);
    private static final String LIST = "ListPodIdentityAssociations";
    private static final String DESCRIBE = "DescribePodIdentityAssociation";
    private static final String ROLE = "arn:aws:iam::111122223333:role/irsa/prod/a";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryEks eks = new InMemoryEks(clock);
    private final ScriptedCluster cluster = new ScriptedCluster();
    private final Map<String, ResourceRef> known = new TreeMap<>();
    private final Map<String, Optional<ObservedAssociation>> seen = new HashMap<>();
    private final List<ResourceRef> woken = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean podIdentity;

    private final AssociationSweepListener observer = new AssociationSweepListener() {
        @Override
        public Map<String, ResourceRef> associated() {
            return Map.copyOf(known);
        }

        @Override
        public void observed(String id, Optional<ObservedAssociation> shown, Instant asked) {
            seen.put(id, shown);
        }
    };

    private final AssociationSweep sweep = new AssociationSweep(
            new SweepPorts(
                    () -> SampleRoles.CLUSTER,
                    SweepSchedulerTest.account(clock, new EksAssociations(() -> eks, "prod", CallInterceptor.NONE)),
                    cluster,
                    (warning, reason, note) -> warnings.add(reason + ": " + note),
                    (change, drift) -> {},
                    ManagedAccounts.requeuer(woken::add, () -> {}),
                    new Timing(clock, clock, () -> new Random(7))),
            observer,
            new SweepSettings(INTERVAL, Duration.ofHours(1), DESCRIBE_INTERVAL, false, namespace -> true),
            () -> podIdentity);

    private int run() {
        return sweep.run(SampleRoles.CLUSTER);
    }

    private void runFor(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.pass(INTERVAL);
            run();
        }
    }

    /** Creates the association of the resource {@code payments/NAME}. */
    private AssociationRecord create(String name) {
        return eks.console()
                .create(
                        "payments",
                        name,
                        ROLE,
                        SampleRoles.CLUSTER.owner("payments", name).tags());
    }

    private AssociationRecord createKnown(String name) {
        AssociationRecord created = create(name);
        known.put(created.id(), new ResourceRef("payments", name, "uid-of-" + name));
        return created;
    }

    @Test
    void callsNothingWithoutKnownAssociations() {
        create("a");

        assertThat(run()).isZero();
        assertThat(eks.calls().total()).isZero();
    }

    @Test
    void listsOnceADayWhilePodIdentityIsAvailableAndNoResourceHasAnAssociation() {
        podIdentity = true;
        runFor(Duration.ofDays(3));

        assertThat(eks.calls().counts()).isEqualTo(Map.of(LIST, 3));
    }

    @Test
    void reportsAnOrphanWithinADayEvenIfNoResourceHasAnAssociation() {
        podIdentity = true;
        runFor(Duration.ofHours(1));
        create("gone");
        runFor(Duration.ofDays(1));

        assertThat(warnings)
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning).startsWith("AssociationsOrphaned: ").contains("owned by payments/gone"));
        assertThat(eks.calls().of(LIST))
                .as("one at the start, one that finds it, one that confirms it")
                .isEqualTo(3);
        runFor(Duration.ofDays(2));
        assertThat(warnings).hasSize(1);
    }

    @Test
    void readsEveryUnknownAssociationSoonWhileNoResourceHasOne() {
        podIdentity = true;
        IntStream.range(0, 25).forEach(i -> create("gone-" + i));
        runFor(INTERVAL.multipliedBy(6));

        assertThat(warnings.getLast()).contains("payments/gone-0", "payments/gone-24");
        assertThat(eks.calls().of(DESCRIBE)).isEqualTo(25);
    }

    @Test
    void asksAgainTheNextDayIfItMayNotListAssociations() {
        podIdentity = true;
        eks.faults().deny(LIST);
        runFor(Duration.ofDays(2));

        assertThat(eks.calls().of(LIST)).isEqualTo(2);
        assertThat(warnings).isEmpty();
    }

    @Test
    void requeuesResourceOfLostAssociation() {
        createKnown("a");
        AssociationRecord lost = createKnown("b");
        eks.console().delete(lost.id());

        assertThat(run()).isEqualTo(2);

        assertThat(seen).containsExactly(Map.entry(lost.id(), Optional.empty()));
        assertThat(woken).containsExactly(new ResourceRef("payments", "b", "uid-of-b"));
        assertThat(eks.calls().counts()).isEqualTo(Map.of(LIST, 1));
    }

    @Test
    void readsRoleAndTagsOnceWithinTheInterval() {
        AssociationRecord association = createKnown("a");
        eks.console().edit(association.id(), found -> found.withRole(ROLE + "-of-another"));

        runFor(DESCRIBE_INTERVAL);

        assertThat(eks.calls().of(DESCRIBE)).isEqualTo(1);
        assertThat(seen.get(association.id()))
                .hasValueSatisfying(shown -> assertThat(shown.roleArn()).isEqualTo(ROLE + "-of-another"));
        assertThat(woken).containsExactly(new ResourceRef("payments", "a", "uid-of-a"));
    }

    @Test
    void repeatsAFailedReadInTheNextSweep() {
        AssociationRecord association = createKnown("a");
        eks.faults().throttle(DESCRIBE);
        assertThatThrownBy(() -> runFor(DESCRIBE_INTERVAL)).isInstanceOf(FailureException.class);
        eks.faults().none();

        clock.pass(INTERVAL);
        run();

        assertThat(seen).containsKey(association.id());
    }

    @Test
    void recoversFromAFailureOfEks() {
        AssociationRecord lost = createKnown("a");
        eks.console().delete(lost.id());
        eks.faults().deny(LIST);
        assertThatThrownBy(this::run).isInstanceOf(FailureException.class).hasMessageContaining(LIST);
        assertThat(seen).as("without a list").isEmpty();
        eks.faults().none();

        run();

        assertThat(seen).containsEntry(lost.id(), Optional.empty());
    }

    @Test
    void reportsOrphanedAssociationOnce() {
        createKnown("a");
        cluster.cached.add("payments/a");
        AssociationRecord orphan = create("gone");

        runFor(INTERVAL.multipliedBy(5));

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("AssociationsOrphaned: ")
                .contains(
                        orphan.id() + " (owned by payments/gone, for ServiceAccount gone)",
                        "aws eks delete-pod-identity-association --cluster-name prod ");
    }

    /** Its role is in another account, and only the cluster's account has associations. */
    @Test
    void aResourceInAnotherAccountHidesNoOrphan() {
        podIdentity = true;
        cluster.cached.add("payments/a");
        cluster.live.add("payments/a");
        cluster.resource = Examples.resource();
        cluster.resource.setSpec(Serialization.unmarshal("account: analytics", IamServiceAccountSpec.class));
        AssociationRecord orphan = create("a");

        runFor(Duration.ofDays(2));

        assertThat(warnings).singleElement().asString().contains(orphan.id() + " (owned by payments/a, ");
    }

    /** Its status was lost, such as with the CustomResourceDefinition, and the spec was changed since. */
    @Test
    void reportsAnAssociationForWhichItsResourceDoesNotAsk() {
        podIdentity = true;
        cluster.cached.add("payments/a");
        cluster.resource = Examples.named("a", "2026-11-25T12:00:00Z");
        create("a");
        cluster.resource.setSpec(Serialization.unmarshal("delivery: [PodIdentity]", IamServiceAccountSpec.class));
        runFor(Duration.ofDays(2));
        assertThat(warnings).isEmpty();

        cluster.resource.setSpec(Serialization.unmarshal("delivery: [IRSA]", IamServiceAccountSpec.class));
        runFor(Duration.ofDays(2));

        assertThat(warnings).singleElement().asString().contains(" (owned by payments/a, for ServiceAccount a)");
    }

    @Test
    void reportsNoOrphanWhileEksStillShowsADeletedAssociation() {
        createKnown("a");
        AssociationRecord deleted = create("gone");
        eks.consistency().lag(Duration.ofSeconds(15));
        eks.console().delete(deleted.id());

        run();
        runFor(INTERVAL.multipliedBy(2));

        assertThat(warnings).isEmpty();
    }

    @Test
    void reportsNoOrphanWhileTheApiServerIsUnavailable() {
        createKnown("a");
        create("gone");
        cluster.away = true;

        runFor(INTERVAL.multipliedBy(3));

        assertThat(warnings).isEmpty();
    }

    @Test
    void readsAssociationsOfOthersOnceAndReportsNone() {
        createKnown("a");
        for (int i = 0; i < 25; i++) {
            eks.console().create("payments", "foreign-" + i, ROLE);
        }
        run();
        assertThat(eks.calls().of(DESCRIBE)).as("reads of one sweep").isLessThanOrEqualTo(11);

        runFor(INTERVAL.multipliedBy(10));

        assertThat(eks.calls().of(DESCRIBE)).isBetween(25, 26);
        assertThat(warnings).isEmpty();
    }

    /** The quota of a cluster. */
    @Test
    void spreadsReadsOfFiveThousandAssociationsEvenly() {
        for (int i = 0; i < 5000; i++) {
            createKnown("a-" + i);
        }
        int sweeps = Math.toIntExact(DESCRIBE_INTERVAL.dividedBy(INTERVAL));
        IntSummaryStatistics reads = new IntSummaryStatistics();
        for (int i = 0; i < 2 * sweeps; i++) {
            eks.calls().reset();
            clock.pass(INTERVAL);
            run();
            assertThat(eks.calls().of(LIST)).isEqualTo(50);
            reads.accept(eks.calls().of(DESCRIBE));
        }

        assertThat(reads.getMax()).as("reads of one sweep").isLessThanOrEqualTo(5000 / sweeps + 1);
        assertThat(reads.getAverage()).as("reads of an average sweep").isBetween(32.0, 35.0);
        assertThat(seen).as("associations read within two intervals").hasSize(5000);
    }
}
