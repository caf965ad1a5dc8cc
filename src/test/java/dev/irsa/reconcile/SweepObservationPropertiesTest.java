package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepObservation;
import dev.irsa.reconcile.memory.KnownRole;
import dev.irsa.reconcile.memory.ResourceMemory;
import dev.irsa.reconcile.memory.RoleMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** In any order of events, the operator trusts no sweep that started within one window after its last write. */
class SweepObservationPropertiesTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final RoleState MADE = ChangeEffect.created(Examples.role(), "AROA1");

    enum Kind {
        WRITE,
        LOST_WRITE,
        READ,
        FORGET,
        SWEEP,
        SWEEP_OF_NOTHING,
        RECONCILE
    }

    /**
     * One event of a history.
     *
     * @param after seconds since the previous event
     * @param age seconds since the start of the sweep that is delivered now
     */
    record Event(Kind kind, int after, int age, int mark) {}

    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 2))
                .as(Event::new)
                .list()
                .ofMaxSize(40);
    }

    private static RoleState marked(int mark) {
        ObservedRole role = MADE.role();
        return new RoleState(
                new ObservedRole(
                        role.name(),
                        role.path(),
                        role.arn(),
                        role.id(),
                        "seen in a sweep " + mark,
                        role.maxSessionSeconds(),
                        role.boundary(),
                        role.tags(),
                        role.trust(),
                        Optional.empty()),
                MADE.policies());
    }

    @Property(tries = 3000)
    void trustsNoSweepThatBeganWithinTheWindowOfOurLastWrite(
            @ForAll("histories") List<Event> history, @ForAll boolean upToDate) {
        RoleMemory state = newState();
        Instant now = START.plusSeconds(1000);
        Instant lastWrite = Instant.MIN;
        Instant lastRead = Instant.MIN;
        Optional<SweepObservation> offered = Optional.empty();
        for (Event event : history) {
            now = now.plusSeconds(event.after());
            switch (event.kind()) {
                case WRITE -> {
                    state.written(new RoleChange.AttachRolePolicy(Examples.NAME, "arn:p" + event.mark()), now, now);
                    lastWrite = now;
                }
                case LOST_WRITE -> {
                    Instant lost = now;
                    state.record(before -> before.mayHaveWritten(lost));
                    state.update(KnownRole::dropped);
                    lastWrite = now;
                }
                case READ -> {
                    state.seen(MADE, now);
                    lastRead = now;
                }
                case FORGET -> state.update(KnownRole::dropped);
                case SWEEP, SWEEP_OF_NOTHING -> {
                    SweepObservation observation = new SweepObservation(
                            now.minusSeconds(event.age()),
                            event.kind() == Kind.SWEEP ? Optional.of(marked(event.mark())) : Optional.empty());
                    if (state.offer(observation)) {
                        assertThat(settled(observation, lastWrite))
                                .as("%s", observation)
                                .isTrue();
                    }
                    // A sweep that shows what is known takes back what an earlier one offered, and the last one of
                    // those that
                    // show the same counts.
                    offered = state.offered();
                }
                case RECONCILE -> {
                    state.awaitsSweep();
                    Optional<RoleState> before = state.known().role();
                    state.acceptOffer(upToDate);
                    boolean fit = offered.isPresent()
                            && settled(offered.get(), lastWrite)
                            && offered.get().began().isAfter(lastRead);
                    if (fit) {
                        assertThat(state.known().role()).isEqualTo(offered.get().role());
                        lastRead = offered.get().began();
                    } else {
                        assertThat(state.known().role()).isEqualTo(before);
                    }
                    offered = Optional.empty();
                }
            }
        }
    }

    private static boolean settled(SweepObservation observation, Instant lastWrite) {
        return lastWrite.equals(Instant.MIN) || !observation.began().isBefore(lastWrite.plus(WINDOW));
    }

    @Property
    void acceptsTheFirstObservationAlthoughItIsNotNews(@ForAll boolean there) {
        RoleMemory state = newState();
        assertThat(state.awaitsSweep()).isTrue();
        SweepObservation observation =
                new SweepObservation(START.plusSeconds(1), there ? Optional.of(MADE) : Optional.empty());

        assertThat(state.offer(observation)).isTrue();
        state.acceptOffer(true);
        assertThat(state.awaitsSweep()).isFalse();
        assertThat(state.known().role()).isEqualTo(observation.role());
        assertThat(state.offer(new SweepObservation(START.plusSeconds(2), observation.role())))
                .isFalse();
    }

    @Property
    void respectsWritesOfAnEarlierProcessUnlessUpToDate(@ForAll boolean upToDate) {
        for (int seconds : new int[] {0, 59, 60, 61}) {
            RoleMemory state = newState();
            state.offer(new SweepObservation(START.plusSeconds(seconds), Optional.of(MADE)));
            state.acceptOffer(upToDate);
            assertThat(state.known().role().isPresent())
                    .as("after %d s", seconds)
                    .isEqualTo(upToDate || seconds >= 60);
        }
    }

    private static RoleMemory newState() {
        return new ResourceMemory(
                        new ResourceRef("payments", "invoices", "uid"),
                        WriteHistory.of(new WritingProcess(WINDOW, START, START)))
                .role();
    }
}
