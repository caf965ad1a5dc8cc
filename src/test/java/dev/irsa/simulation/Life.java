package dev.irsa.simulation;

import dev.irsa.failure.FailureException;
import dev.irsa.fake.Stored;
import dev.irsa.leader.Candidate;
import dev.irsa.port.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A process of the operator, from its start to its end. */
final class Life {
    /** As the operator's own. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration ELECTION = Duration.ofSeconds(2);
    /** As seldom as a Lease can be renewed without being lost. */
    private static final Duration CALM_ELECTION = Duration.ofSeconds(8);

    private final World world;
    private final Realm realm;
    private final int replica;
    private final String name;
    private final Optional<Candidate> candidate;
    private final Parts parts;
    private Instant frozenUntil = Instant.MIN;
    private boolean working;
    private boolean stopping;
    private boolean dead;

    Life(World world, Realm realm, int replica, int number) {
        this.world = world;
        this.realm = realm;
        this.replica = replica;
        this.name = realm + "-" + number;
        Passage passage = new Passage(world, this, realm);
        Instant start = world.clock().instant();
        this.candidate = world.setting().replicas() == 1
                ? Optional.empty()
                : Optional.of(new Candidate(
                        name,
                        realm.lease(passage),
                        () -> Duration.between(start, world.clock().instant()).toNanos()));
        Gate gate = candidate
                .filter(standing -> world.defect().fences())
                .map(standing -> standing.fence().then(passage))
                .orElse(passage);
        this.parts = new Parts(world, this, passage, gate, number);
    }

    void start() {
        if (candidate.isEmpty()) {
            work();
        } else {
            world.tasks().spawn(this, "election", () -> stand(candidate.get()));
        }
    }

    private void stand(Candidate standing) {
        while (!stopping) {
            try {
                standing.stand();
            } catch (FailureException e) {
                // At the next try.
            }
            if (standing.isOver() && world.defect().fences()) {
                realm.replace(this, Duration.ZERO);
                return;
            }
            if (standing.leads() && !working) {
                work();
            }
            world.tasks().sleep(world.isCalm() ? CALM_ELECTION : ELECTION);
        }
    }

    private void work() {
        parts.core().reconciler().begin();
        working = true;
        loop("provider", () -> parts.core().provider().look());
        loop("sweep", () -> parts.core().sweeper().step());
        parts.wakeAll();
    }

    private void loop(String what, Supplier<Duration> step) {
        world.tasks().spawn(this, what, () -> {
            while (!stopping) {
                world.tasks().sleep(step.get());
            }
        });
    }

    /** Takes no more work, lets what runs come to its end, and gives the Lease back. */
    void terminate() {
        if (dead || stopping) {
            return;
        }
        stopping = true;
        world.tasks().spawn(this, "shutdown", () -> {
            Instant end = world.clock().instant().plus(GRACE);
            while (!parts.isIdle() && world.clock().instant().isBefore(end)) {
                world.tasks().sleep(Duration.ofMillis(500));
            }
            try {
                candidate.ifPresent(Candidate::resign);
            } catch (FailureException e) {
                // The others wait for its end.
            }
            realm.replace(this, Duration.ZERO);
        });
    }

    void die() {
        dead = true;
        world.tasks().kill(this);
    }

    void freeze(Duration time) {
        frozenUntil = world.clock().instant().plus(time);
    }

    void lag(Duration resources, Duration accounts) {
        parts.watches().lag(resources, accounts);
    }

    void recover() {
        frozenUntil = Instant.MIN;
        lag(Duration.ZERO, Duration.ZERO);
    }

    boolean isDead() {
        return dead;
    }

    boolean isFrozen() {
        return world.clock().instant().isBefore(frozenUntil);
    }

    Instant frozenUntil() {
        return frozenUntil;
    }

    int replica() {
        return replica;
    }

    Realm realm() {
        return realm;
    }

    /** The cluster has changed. */
    void changed(Stored now) {
        if (!dead) {
            parts.watches().changed(now);
        }
    }

    /** Whether it works and must not any more. */
    boolean isOusted() {
        return working
                && world.defect().fences()
                && candidate.filter(standing -> !standing.leads()).isPresent();
    }

    /** Whether it takes work. */
    boolean works() {
        return working && !stopping && !dead;
    }

    /** A resource has gone. */
    void forget(String uid) {
        parts.forget(uid);
    }

    @Override
    public String toString() {
        return name;
    }
}
