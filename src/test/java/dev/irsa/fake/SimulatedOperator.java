package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.drift.SweepReport;
import dev.irsa.drift.SweepSettings;
import dev.irsa.failure.FailureException;
import dev.irsa.plan.Change;
import dev.irsa.port.Identities;
import dev.irsa.port.ResourceRef;
import dev.irsa.provider.ProviderState;
import dev.irsa.reconcile.Notice;
import dev.irsa.reconcile.Outcome;
import dev.irsa.reconcile.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The reconcile in the framework's place: events wake resources, what is scheduled comes when virtual time has come
 * so far, the status is written through the gate. The world outlives the operator: {@link #restart()} gives a new one
 * without any memory.
 */
public final class SimulatedOperator {
    /** Who this operator is. */
    public static final ClusterIdentity IDENTITY = new ClusterIdentity(
            "prod",
            "11111111-2222-3333-4444-555555555555",
            new Issuer("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    /** The ARN of its OIDC provider, which is there from the beginning. */
    public static final String PROVIDER = IDENTITY.account().oidcProvider(IDENTITY.oidcProvider());

    /** How long the framework's part waits when a status could not be written. */
    private static final Duration STATUS_RETRY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofHours(2);

    private final VirtualClock clock;
    private final CrashGate gate = new CrashGate();
    private final InMemoryIam iam;
    private final InMemoryCluster cluster;
    private final InMemoryLimits limits;
    private final Map<String, Instant> schedule = new TreeMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private Settings settings;
    private Identities identities;
    private SweepSettings sweeps = SweepSettings.DEFAULT;
    private Core core;
    private Instant nextLook = Instant.MIN;
    private Instant nextSweep = Instant.MIN;
    private boolean swept;
    private boolean sweeping;
    private final List<String> warnings = new ArrayList<>();
    private final List<SweepReport> reports = new ArrayList<>();
    private Watch watch;
    private int reconciles;

    public SimulatedOperator() {
        this(Settings.DEFAULT);
    }

    public SimulatedOperator(Settings settings) {
        this(settings, IDENTITY, new VirtualClock());
    }

    private SimulatedOperator(Settings settings, ClusterIdentity who, VirtualClock clock) {
        this(settings, who, clock, new InMemoryIam(clock));
    }

    private SimulatedOperator(Settings settings, ClusterIdentity who, VirtualClock clock, InMemoryIam iam) {
        this.settings = settings;
        this.identities = () -> who;
        this.clock = clock;
        this.iam = iam;
        this.cluster = new InMemoryCluster(clock, gate);
        this.limits = new InMemoryLimits(cluster.hands());
        giveProvider(who.issuer());
        start();
        this.watch = new Watch(cluster.hands());
    }

    /** Clusters may have one issuer, as a clone does. */
    public void giveProvider(Issuer issuer) {
        boolean isThere = iam.console().providers().stream()
                .anyMatch(provider -> issuer.hostAndPath().equals(provider.name()));
        if (!isThere) {
            iam.console().createProvider(issuer.url(), Core.AUDIENCES.toArray(String[]::new));
        }
    }

    /** That of another cluster, in the same account and at the same time. */
    public SimulatedOperator another(ClusterIdentity who) {
        return new SimulatedOperator(settings, who, clock, iam);
    }

    /** Who this operator is now. */
    public ClusterIdentity identity() {
        return identities.current();
    }

    public VirtualClock clock() {
        return clock;
    }

    public CrashGate gate() {
        return gate;
    }

    public InMemoryIam iam() {
        return iam;
    }

    /** The operator's watch of the ServiceAccounts stands still: it goes on seeing those that are there now. */
    public void seesServiceAccountsAsTheyAre() {
        cluster.serviceAccountsStandStill();
    }

    /** The cluster in the hands of its users. */
    public ClusterHands hands() {
        return cluster.hands();
    }

    /** A platform engineer changes what is allowed: all that it may concern is looked at. */
    public void limit(Consumer<InMemoryLimits> change) {
        change.accept(limits);
        cluster.hands().resources().stream().map(SimulatedOperator::ref).forEach(this::wake);
    }

    /** What was told as events so far. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** The pauses that were asked for so far, one each reconcile that asked for one. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /** What was changed so far, as far as nobody was killed before it could tell. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    public int reconciles() {
        return reconciles;
    }

    /** Whether a resource will be looked at again without being asked. */
    public boolean isScheduled(String namespace, String name) {
        return schedule.containsKey(KubernetesObjects.key(namespace, name));
    }

    /** A new process: nothing is remembered, and every resource is an event. */
    public void restart() {
        restart(identities);
    }

    /** A new process that learns in this way who it is. */
    public void restart(Identities who) {
        identities = who;
        schedule.clear();
        start();
        watch = new Watch(cluster.hands());
    }

    /** A new process that behaves so. */
    public void restart(Settings other) {
        settings = other;
        restart();
    }

    /** From the next start on. */
    public SimulatedOperator sweeping(SweepSettings settings) {
        sweeps = settings;
        return this;
    }

    /** What was told of the operator as a whole, reason first. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** How the whole sweeps went so far. */
    public List<SweepReport> reports() {
        return List.copyOf(reports);
    }

    private void start() {
        core = Core.of(
                new Core.Outside(
                        identities,
                        new IamOidcProviders(iam, gate),
                        new IamRoles(iam, gate),
                        new IamListing(iam, gate, 100),
                        cluster,
                        limits,
                        (warning, reason, note) -> warnings.add(reason + ": " + note),
                        (change, drift) -> changes.add(change),
                        UnaryOperator.identity()),
                new Core.Callbacks(this::wake, this::wakeAll, report -> {
                    reports.add(report);
                    swept = true;
                }),
                settings,
                sweeps,
                clock,
                7);
        nextSweep = clock.instant();
        nextLook = clock.instant();
        swept = false;
    }

    private void wakeAll() {
        cluster.hands().resources().forEach(resource -> wake(ref(resource)));
    }

    private static ResourceRef ref(IamServiceAccount resource) {
        return new ResourceRef(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                resource.getMetadata().getUid());
    }

    private void wake(ResourceRef ref) {
        schedule.put(KubernetesObjects.key(ref.namespace(), ref.name()), Instant.MIN);
    }

    /** Works until nothing is left to do and nothing is scheduled, letting time pass as it needs to. */
    public void settle() {
        Instant end = clock.instant().plus(PATIENCE);
        while (step(end) || ((isFinding() || !schedule.isEmpty()) && background(end))) {
            // step by step
        }
        if (!schedule.isEmpty()) {
            throw new AssertionError("no rest after " + PATIENCE + ": "
                    + cluster.hands().resources().stream()
                            .map(IamServiceAccount::getStatus)
                            .toList());
        }
    }

    /** Whether resources may be waiting for what is not known yet. */
    private boolean isFinding() {
        return !swept || core.provider().state() instanceof ProviderState.Unknown;
    }

    /**
     * Works for so long, and lets all that time pass. From a hook in the middle of a sweep: what the resources need
     * while it goes on.
     */
    public void run(Duration time) {
        Instant end = clock.instant().plus(time);
        while (step(end) || background(end)) {
            // step by step
        }
        clock.reach(end);
    }

    /** Does what is to be done now, and lets no time pass. */
    public void now() {
        run(Duration.ZERO);
    }

    /** The next look at all roles, or at the provider. Whatever the resources need comes first. */
    private boolean background(Instant end) {
        return nextLook.isBefore(nextSweep) ? look(end) : sweep(end);
    }

    private boolean look(Instant end) {
        if (nextLook.isAfter(end)) {
            return false;
        }
        clock.reach(nextLook);
        nextLook = clock.instant().plus(core.provider().look());
        return true;
    }

    private boolean sweep(Instant end) {
        if (sweeping || nextSweep.isAfter(end)) {
            return false;
        }
        clock.reach(nextSweep);
        sweeping = true;
        try {
            Duration pause = core.sweeper().step();
            nextSweep = clock.instant().plus(pause);
        } finally {
            sweeping = false;
        }
        return true;
    }

    private boolean step(Instant end) {
        if (look(clock.instant())) {
            return true;
        }
        watch.changes().forEach(key -> schedule.put(key, Instant.MIN));
        watch.gone().forEach(uid -> core.reconciler().forget(uid));
        Optional<Map.Entry<String, Instant>> next = schedule.entrySet().stream().min(Map.Entry.comparingByValue());
        if (next.isEmpty()
                || next.get().getValue().isAfter(end)
                || isDue(nextLook, next.get().getValue(), end)
                || (!sweeping && isDue(nextSweep, next.get().getValue(), end))) {
            return false;
        }
        clock.reach(next.get().getValue());
        // The entry is the map's own, and speaks of another key once it is removed.
        String key = next.get().getKey();
        schedule.remove(key);
        String[] parts = key.split("/", 2);
        cluster.hands().resource(parts[0], parts[1]).ifPresent(this::reconcile);
        return true;
    }

    private static boolean isDue(Instant background, Instant next, Instant end) {
        return background.isBefore(next) && !background.isAfter(end);
    }

    /** Hands in a resource as a watch shows it, which may be behind what the API server has. */
    public void reconcile(IamServiceAccount resource) {
        reconciles++;
        Outcome outcome = core.reconciler().reconcile(resource);
        ResourceRef ref = ref(resource);
        Optional<Duration> again = outcome.again();
        try {
            outcome.status().ifPresent(status -> cluster.writeStatus(ref, status));
        } catch (FailureException e) {
            again = Optional.of(STATUS_RETRY);
        }
        notices.addAll(outcome.notices());
        changes.addAll(outcome.done());
        watch.ownWrites(ref, resource);
        again.ifPresent(pause -> {
            pauses.add(pause);
            schedule.put(
                    KubernetesObjects.key(ref.namespace(), ref.name()),
                    clock.instant().plus(pause));
        });
    }
}
