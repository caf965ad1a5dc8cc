package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A process of the operator, from its start to its end: the framework's part around the operator's own. */
final class Life {
    private static final Duration STATUS_RETRY = Duration.ofSeconds(2);
    private static final Duration HANDING_OVER = Duration.ofMillis(1);
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
    private final Set<String> busy = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    private final List<IamServiceAccount> gone = new ArrayList<>();
    private Duration resourceLag = Duration.ZERO;
    private Duration accountLag = Duration.ZERO;
    private Instant resourcesTold = Instant.MIN;
    private Instant accountsTold = Instant.MIN;
    private Instant frozenUntil = Instant.MIN;
    private boolean works;
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
                        new LiveCluster(realm, informer, gate, passage, this::wakeClaimants)),
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
                new Core.Callbacks(ref -> wake(ref.namespace() + "/" + ref.name()), this::wakeAll, report -> {}),
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
            if (standing.leads() && !works) {
                work();
            }
            world.tasks().sleep(world.isCalm() ? CALM_ELECTION : ELECTION);
        }
    }

    private void work() {
        core.reconciler().begin();
        works = true;
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
            for (int i = 0; i < 20 && !busy.isEmpty(); i++) {
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
        resourceLag = resources;
        accountLag = accounts;
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

    /** The cluster has changed: the watches will tell, each in its time and in order. */
    void changed(Stored now) {
        if (dead) {
            return;
        }
        resourcesTold = told(resourceLag, resourcesTold);
        accountsTold = told(accountLag, accountsTold);
        world.tasks().at(resourcesTold, this, () -> showResources(now));
        world.tasks().at(accountsTold, this, () -> showAccounts(now));
    }

    private Instant told(Duration lag, Instant before) {
        Instant when =
                latest(world.clock().instant(), world.weather().apiBack()).plus(lag);
        return latest(when, before);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void showResources(Stored now) {
        Map<String, IamServiceAccount> before = informer.resources();
        if (!informer.showResources(now)) {
            return;
        }
        before.forEach((key, resource) -> {
            IamServiceAccount next = now.resources().get(key);
            if (next == null || !uid(next).equals(uid(resource))) {
                gone.add(resource);
            }
        });
        now.resources().forEach((key, resource) -> {
            IamServiceAccount last = before.get(key);
            if (last == null || informer.isNews(resource, last)) {
                wake(key);
            }
        });
        forgetTheGone();
    }

    /** Not while it is being reconciled. */
    private void forgetTheGone() {
        for (IamServiceAccount resource : List.copyOf(gone)) {
            String key = resource.getMetadata().getNamespace() + "/"
                    + resource.getMetadata().getName();
            if (!busy.contains(key)) {
                gone.remove(resource);
                core.reconciler().forget(uid(resource));
                informer.forget(uid(resource));
                wakeClaimants(resource.getMetadata().getNamespace(), Informer.serviceAccount(resource));
            }
        }
    }

    private void showAccounts(Stored now) {
        Set<String> keys = new HashSet<>(informer.accounts().keySet());
        keys.addAll(now.serviceAccounts().keySet());
        Map<String, Object> before = new HashMap<>();
        keys.forEach(key -> before.put(key, informer.serviceAccount(key)));
        if (!informer.showAccounts(now)) {
            return;
        }
        keys.stream()
                .filter(key -> !Objects.equals(before.get(key), informer.serviceAccount(key)))
                .sorted()
                .forEach(key -> {
                    String[] parts = key.split("/", 2);
                    wakeClaimants(parts[0], parts[1]);
                });
    }

    private static String uid(IamServiceAccount resource) {
        return resource.getMetadata().getUid();
    }

    private void wakeAll() {
        informer.resources().keySet().forEach(this::wake);
    }

    private void wakeClaimants(String namespace, String serviceAccount) {
        informer.claimants(namespace, serviceAccount)
                .forEach(resource ->
                        wake(namespace + "/" + resource.getMetadata().getName()));
    }

    private void wake(String key) {
        if (!works || stopping || dead) {
            return;
        }
        if (!busy.add(key)) {
            again.add(key);
            return;
        }
        world.tasks().spawn(this, key, () -> {
            do {
                // The executor takes its time, too.
                world.tasks().sleep(HANDING_OVER);
                again.remove(key);
                informer.resource(key).ifPresent(resource -> reconcile(key, resource));
            } while (again.contains(key) && !stopping);
            busy.remove(key);
            forgetTheGone();
        });
    }

    private void reconcile(String key, IamServiceAccount resource) {
        int round = rounds.merge(key, 1, Integer::sum);
        world.reconciles();
        Outcome outcome = core.reconciler().reconcile(resource);
        ResourceRef ref = new ResourceRef(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName(), uid(resource));
        Optional<Duration> next = outcome.again();
        if (outcome.status().isPresent()) {
            try {
                Gate gate = candidate
                        .map(standing -> standing.fence().then(passage))
                        .orElse(passage);
                Stored written = passage.writeStatus(gate, ref, outcome.status().get());
                informer.wroteStatus(outcome.status().get(), key, ref.uid(), written);
            } catch (FailureException e) {
                next = Optional.of(STATUS_RETRY);
            }
        }
        next.ifPresent(pause -> world.tasks().at(world.clock().instant().plus(pause), this, () -> {
            if (round == rounds.getOrDefault(key, 0)) {
                wake(key);
            }
        }));
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
