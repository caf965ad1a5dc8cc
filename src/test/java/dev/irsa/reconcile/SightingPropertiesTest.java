package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.port.SweepObservation;
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

/** Whatever happens in which order: a sweep that began before our last write was a window old is not believed. */
class SightingPropertiesTest {
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
     * Something that happens.
     *
     * @param after seconds since what happened before
     * @param age seconds since the sweep began that is delivered now
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
                        role.trust()),
                MADE.policies());
    }

    @Property(tries = 3000)
    void believesNoSweepThatBeganBeforeOurLastWriteHadSettled(
            @ForAll("histories") List<Event> history, @ForAll boolean atRest) {
        CachedRoleState memory = new CachedRoleState(WINDOW, START);
        Instant now = START.plusSeconds(1000);
        Instant lastWrite = Instant.MIN;
        Instant lastRead = Instant.MIN;
        Optional<SweepObservation> letter = Optional.empty();
        for (Event event : history) {
            now = now.plusSeconds(event.after());
            switch (event.kind()) {
                case WRITE -> {
                    memory.wrote(new RoleChange.AttachRolePolicy(Examples.NAME, "arn:p" + event.mark()), now, now);
                    lastWrite = now;
                }
                case LOST_WRITE -> {
                    memory.doubt().mayHaveWritten(now);
                    memory.forget();
                    lastWrite = now;
                }
                case READ -> {
                    memory.saw(MADE, now);
                    lastRead = now;
                }
                case FORGET -> memory.forget();
                case SWEEP, SWEEP_OF_NOTHING -> {
                    SweepObservation sighting = new SweepObservation(
                            now.minusSeconds(event.age()),
                            event.kind() == Kind.SWEEP ? Optional.of(marked(event.mark())) : Optional.empty());
                    if (memory.deliver(sighting)) {
                        assertThat(settled(sighting, lastWrite))
                                .as("%s", sighting)
                                .isTrue();
                        letter = Optional.of(sighting);
                    }
                }
                case RECONCILE -> {
                    memory.awaitsSweep();
                    Optional<RoleState> before = memory.state();
                    memory.takeLetter(atRest);
                    boolean fit = letter.isPresent()
                            && settled(letter.get(), lastWrite)
                            && letter.get().began().isAfter(lastRead);
                    if (fit) {
                        assertThat(memory.state()).isEqualTo(letter.get().role());
                        lastRead = letter.get().began();
                    } else {
                        assertThat(memory.state()).isEqualTo(before);
                    }
                    letter = Optional.empty();
                }
            }
        }
    }

    private static boolean settled(SweepObservation sighting, Instant lastWrite) {
        return lastWrite.equals(Instant.MIN) || !sighting.began().isBefore(lastWrite.plus(WINDOW));
    }

    @Property
    void whatWasAwaitedIsDeliveredThoughItSaysNothingNew(@ForAll boolean there) {
        CachedRoleState memory = new CachedRoleState(WINDOW, START);
        assertThat(memory.awaitsSweep()).isTrue();
        SweepObservation sighting =
                new SweepObservation(START.plusSeconds(1), there ? Optional.of(MADE) : Optional.empty());

        assertThat(memory.deliver(sighting)).isTrue();
        memory.takeLetter(true);
        assertThat(memory.awaitsSweep()).isFalse();
        assertThat(memory.state()).isEqualTo(sighting.role());
        assertThat(memory.deliver(new SweepObservation(START.plusSeconds(2), sighting.role())))
                .isFalse();
    }

    @Property
    void whatTheProcessBeforeMayHaveWrittenCountsUnlessTheResourceIsAtRest(@ForAll boolean atRest) {
        for (int seconds : new int[] {0, 59, 60, 61}) {
            CachedRoleState memory = new CachedRoleState(WINDOW, START);
            memory.deliver(new SweepObservation(START.plusSeconds(seconds), Optional.of(MADE)));
            memory.takeLetter(atRest);
            assertThat(memory.state().isPresent()).as("after %d s", seconds).isEqualTo(atRest || seconds >= 60);
        }
    }
}
