package dev.irsa.runtime;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.config.DeliveryConfig;
import dev.irsa.controller.AccountEventSources;
import dev.irsa.controller.CoalescingSignal;
import dev.irsa.controller.EntitlementEventSources;
import dev.irsa.controller.EntitlementStatusUpdater;
import dev.irsa.controller.IamServiceAccountController;
import dev.irsa.controller.InFlightWork;
import dev.irsa.controller.OperatorSdk;
import dev.irsa.controller.ServiceAccountEventSources;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.kubernetes.AccountReader;
import dev.irsa.kubernetes.DeploymentEvents;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.KubernetesCluster;
import dev.irsa.kubernetes.OperatorInfoWriter;
import dev.irsa.kubernetes.PodIdentityDiscovery;
import dev.irsa.kubernetes.RequiredPermission;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.OperatorSettings;
import dev.irsa.port.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The parts of the operator that its {@link OperatorRuntime} starts and stops.
 *
 * @param workLoops the loops that run only while the operator works
 */
record OperatorComponents(
        IdentityAndProviderLoop identity,
        ServiceAccountEventSources caches,
        Accounts accounts,
        OperatorSdk framework,
        CoalescingSignal entitlementChanges,
        InFlightWork running,
        List<BackgroundLoop> workLoops) {
    /** Extra threads for reconciles that need no AWS call, or that find out that they must wait for one. */
    private static final int EXTRA_THREADS = 16;

    /**
     * Wires the parts and starts none.
     *
     * @param working whether reconciles may run
     */
    static OperatorComponents wire(
            ExternalDependencies outside, RuntimeSettings settings, OperatorMetrics metrics, BooleanSupplier working) {
        Set<String> namespaces = settings.namespaces();
        KubernetesClient client = outside.client();
        CallInterceptor interceptor = outside.interceptor();
        // Many threads share it; the generators of RandomGenerator.getDefault() are not thread-safe.
        RandomGenerator random = new Random();
        Timing timing = new Timing(MonotonicClock.system(), InstantSource.system(), () -> random);
        InFlightWork running = new InFlightWork();

        CoalescingSignal entitlementChanges = new CoalescingSignal();
        EntitlementEventSources limits = new EntitlementEventSources(entitlementChanges);
        AccountEventSources accountSources = new AccountEventSources();
        ServiceAccountEventSources caches = new ServiceAccountEventSources(namespaces, limits, accountSources);
        metrics.countResources(caches::all);
        StatusWriter statuses = new StatusWriter(client, interceptor);
        KubernetesCluster cluster = new KubernetesCluster(client, caches, statuses.written(), interceptor);
        PodIdentityLoop podIdentity = new PodIdentityLoop(
                podIdentityAvailability(settings.delivery(), client, interceptor),
                () -> usesPodIdentity(settings.delivery(), caches),
                () -> maySeeAgent(settings.delivery(), client),
                caches::requeueAll);

        AccountWiring wiring = new AccountWiring(
                new AccountWiring.Aws(outside.identities(), outside.account(), outside.connect()),
                settings.reconcile(),
                settings.sweep(),
                new ManagedAccount.Shared(
                        cluster,
                        podIdentity,
                        operatorEvents(outside, settings, random),
                        metrics.account(""),
                        caches,
                        timing),
                metrics,
                limits,
                entitlementChanges::signal,
                accountSources,
                new AccountWiring.Statuses(
                        statuses::write, new AccountReader(client, interceptor)::now, namespaces.isEmpty()),
                new AccountWiring.Work(running, AccountWiring.sweepPermits(), BackgroundLoop::new));
        Accounts accounts = wiring.all();
        ManagedAccount own = accounts.own();
        accountSources.onChange(() -> {
            accounts.update();
            entitlementChanges.signal();
        });

        IamServiceAccountController controller = new IamServiceAccountController(
                accounts, caches, statuses, eventRecorder(outside, random), metrics, working, running);
        OperatorSdk framework = new OperatorSdk(
                client,
                metrics.registry(),
                controller,
                namespaces,
                settings.reconcile().atOnce() + EXTRA_THREADS);
        accounts.onCount(count -> framework.resize(count * settings.reconcile().atOnce() + EXTRA_THREADS));
        EntitlementStatusUpdater entitlements = new EntitlementStatusUpdater(
                limits, accounts::entitled, statuses, entitlementChanges, timing.timeOfDay());
        return new OperatorComponents(
                new IdentityAndProviderLoop(outside.identities(), own.provider(), published(outside, settings)),
                caches,
                accounts,
                framework,
                entitlementChanges,
                running,
                workLoops(own, podIdentity, entitlements, namespaces));
    }

    private static OperatorEvents operatorEvents(
            ExternalDependencies outside, RuntimeSettings settings, RandomGenerator random) {
        // A recorder of its own, so that the Events of thousands of resources do not crowd out these.
        return settings.ownDeployment()
                .<OperatorEvents>map(deployment -> new DeploymentEvents(
                        outside.client(),
                        eventRecorder(outside, random),
                        deployment,
                        settings.reconcile().documentation()))
                .orElse((warning, reason, note) -> {});
    }

    /** Outside of a Deployment, there is no ConfigMap for the information, but there may be a file. */
    private static Predicate<ClusterIdentity> published(ExternalDependencies outside, RuntimeSettings settings) {
        Optional<SettingsFile> file = settings.settingsFile().map(SettingsFile::new);
        Optional<OperatorInfoWriter> map = settings.ownDeployment()
                .map(deployment -> new OperatorInfoWriter(outside.client(), outside.interceptor(), deployment));
        return identity -> {
            OperatorSettings known = settings.published().apply(identity);
            file.ifPresent(target -> target.write(known));
            return map.isEmpty() || map.get().publish(known);
        };
    }

    private static EventRecorder eventRecorder(ExternalDependencies outside, RandomGenerator random) {
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        return new EventRecorder(outside.client(), outside.interceptor(), InstantSource.system(), random, instance);
    }

    private static Supplier<PodIdentityAvailability> podIdentityAvailability(
            DeliveryConfig delivery, KubernetesClient client, CallInterceptor interceptor) {
        PodIdentityDiscovery reader = new PodIdentityDiscovery(client, interceptor, delivery.eksClusterName());
        return delivery.assumeAgent() ? PodIdentityAvailability.Available::new : reader::read;
    }

    /** Asks the API server instead of trying, because a request that it denies may alarm those who watch its audit log. */
    private static boolean maySeeAgent(DeliveryConfig delivery, KubernetesClient client) {
        try {
            return delivery.assumeAgent()
                    || new RequiredPermission("get", "apps", "daemonsets", PodIdentityAgent.NAME)
                            .isGranted(client, PodIdentityAgent.NAMESPACE);
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static boolean usesPodIdentity(DeliveryConfig delivery, ServiceAccountEventSources caches) {
        return delivery.defaultDelivery().contains(Delivery.PodIdentity)
                || caches.all()
                        .anyMatch(resource -> resource.getSpec().delivery().contains(Delivery.PodIdentity));
    }

    private static List<BackgroundLoop> workLoops(
            ManagedAccount account,
            PodIdentityLoop podIdentity,
            EntitlementStatusUpdater entitlements,
            Set<String> namespaces) {
        List<BackgroundLoop> loops = new ArrayList<>();
        loops.add(new BackgroundLoop("sweep", account.sweeper()::step));
        loops.add(new BackgroundLoop("boundaries", account.boundaries()::step));
        loops.add(new BackgroundLoop("pod-identity", podIdentity::step));
        // An operator that watches only some namespaces cannot count the resources that an entitlement serves.
        if (namespaces.isEmpty()) {
            loops.add(new BackgroundLoop("entitlements", entitlements::step));
        }
        return List.copyOf(loops);
    }
}
