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
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.Outcome;
import dev.irsa.reconcile.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What one process is made of: the operator's own parts, and what stands in for the framework's around them. */
final class Parts {
    private static final Duration STATUS_RETRY = Duration.ofSeconds(2);

    private final World world;
    private final Passage passage;
    private final Gate gate;
    private final Informer informer;
    private final WorkQueue queue;
    private final Watches watches;
    private final Core core;

    Parts(World world, Life life, Passage passage, Gate gate, int number) {
        this.world = world;
        this.passage = passage;
        this.gate = gate;
        Realm realm = life.realm();
        this.informer = new Informer(realm.hands().stored(), realm.limits());
        this.queue = new WorkQueue(world, life, informer::resource, this::reconcile);
        this.watches = new Watches(world, life, informer, queue);
        this.core = core(realm, number);
    }

    private Core core(Realm realm, int number) {
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

    Core core() {
        return core;
    }

    Watches watches() {
        return watches;
    }

    boolean isIdle() {
        return queue.isIdle();
    }

    void wakeAll() {
        informer.resources().keySet().forEach(queue::wake);
    }

    void forget(String uid) {
        core.reconciler().forget(uid);
        informer.forget(uid);
    }

    private Optional<Duration> reconcile(IamServiceAccount resource) {
        Outcome outcome = core.reconciler().reconcile(resource);
        try {
            outcome.status().ifPresent(status -> write(resource, status));
            return outcome.again().map(world.defect()::pause);
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

    /** Who asks to be told of a write of a ServiceAccount. */
    interface Claimants {
        void wake(String namespace, String serviceAccount);
    }
}
