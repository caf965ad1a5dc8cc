package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.drift.SweepSettings;
import dev.irsa.failure.FailureException;
import dev.irsa.fake.Core;
import dev.irsa.fake.Stored;
import dev.irsa.leader.Candidate;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.Outcome;
import dev.irsa.reconcile.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A process of the operator, from its start to its end: the framework's part around the operator's own. */
final class Life {
    private static final Duration STATUS_RETRY = Duration.ofSeconds(2);
    /** As the operator's own. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration ELECTION = Duration.ofSeconds(2);
    /** As seldom as a Lease can be renewed without being lost. */
    private static final Duration CALM_ELECTION = Duration.ofSeconds(8);

    private final World world;
    private final Realm realm;
    private final int replica;
    private final String name;
    private final Passage passage;
    private final Optional<Candidate> candidate;
    private final Gate gate;
    private final Informer informer;
    private final Core core;
    private final WorkQueue queue;
    private final Watches watches;
    private Instant frozenUntil = Instant.MIN;
    private boolean working;
    private boolean stopping;
    private boolean dead;

    Life(World world, Realm realm, int replica, int number) {
        this.world = world;
        this.realm = realm;
        this.replica = replica;
        this.name = realm + "-" + number;
        this.passage = new Passage(world, this, realm);
        Instant start = world.clock().instant();
        this.candidate = world.setting().replicas() == 1
                ? Optional.empty()
                : Optional.of(new Candidate(
                        name,
                        realm.lease(passage),
                        () -> Duration.between(start, world.clock().instant()).toNanos()));
        this.gate = candidate
                .filter(standing -> world.defect().fences())
                .map(standing -> standing.fence().then(passage))
                .orElse(passage);
        this.informer = new Informer(realm.hands().stored(), realm.limits());
        this.queue = new WorkQueue(world, this, informer::resource, this::reconcile);
        this.watches = new Watches(world, this, informer, queue);
        this.core = core(number);
    }

    private Core core(int number) {
        Defect defect = world.defect();
        Settings settings = new Settings(
                false,
                defect.window(World.CONSISTENCY_WINDOW),
                Duration.ofMinutes(1),
                world.setting().atOnce(),
                Settings.DEFAULT.audiences(),
                false);
        Outside outside = defect.on(
                new Outside(
                        new IamRoles(world.iam(), gate),
                        new IamListing(world.iam(), gate, 2),
                        new LiveCluster(realm, informer, gate, passage, watches::wakeClaimants)),
                realm);
        return Core.of(
                new Core.Outside(
                        realm::identity,
                        new IamOidcProviders(world.iam(), gate),
                        outside.cloud(),
                        outside.listing(),
                        outside.cluster(),
                        informer,
                        (warning, reason, note) -> {},
                        (change, drift) -> {},
                        UnaryOperator.identity()),
                new Core.Callbacks(ref -> queue.wake(ref.namespace() + "/" + ref.name()), this::wakeAll, report -> {}),
                settings,
                new SweepSettings(
                        World.SWEEP_INTERVAL,
                        Duration.ofMinutes(5),
                        world.setting().removesOrphans(),
                        namespace -> true),
                world.clock(),
                number);
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
        core.reconciler().begin();
        working = true;
        loop("provider", () -> core.provider().look());
        loop("sweep", () -> core.sweeper().step());
        wakeAll();
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
            while (!queue.isIdle() && world.clock().instant().isBefore(end)) {
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
        watches.lag(resources, accounts);
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
            watches.changed(now);
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
        core.reconciler().forget(uid);
        informer.forget(uid);
    }

    private void wakeAll() {
        informer.resources().keySet().forEach(queue::wake);
    }

    private Optional<Duration> reconcile(IamServiceAccount resource) {
        Outcome outcome = core.reconciler().reconcile(resource);
        try {
            outcome.status().ifPresent(status -> write(resource, status));
            return outcome.again();
        } catch (FailureException e) {
            return Optional.of(STATUS_RETRY);
        }
    }

    private void write(IamServiceAccount resource, IamServiceAccountStatus status) {
        ResourceRef ref = new ResourceRef(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                resource.getMetadata().getUid());
        Stored written = passage.writeStatus(gate, ref, status);
        informer.wroteStatus(status, ref.namespace() + "/" + ref.name(), ref.uid(), written);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Who asks to be told of a write of a ServiceAccount. */
    interface Claimants {
        void wake(String namespace, String serviceAccount);
    }
}
