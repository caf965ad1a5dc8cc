package dev.irsa.demo;

import dev.irsa.OperatorRuntime;
import dev.irsa.Outside;
import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.drift.SweepSettings;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.kubernetes.ClusterDiscovery;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.mock.MockApiServer;
import dev.irsa.port.Gate;
import dev.irsa.reconcile.LazyIdentities;
import dev.irsa.reconcile.Settings;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A cluster, an account and the operator between them, all in this process.
 *
 * @param server the API server
 * @param user a client for it, as kubectl would be
 * @param iam the account
 * @param metrics what the operator counts
 * @param operator the operator, as the program runs it
 */
public record Laptop(
        MockApiServer server,
        KubernetesClient user,
        InMemoryIam iam,
        KubernetesClient eyes,
        OperatorMetrics metrics,
        OperatorRuntime operator)
        implements AutoCloseable {
    /** What EKS names as issuer for a cluster. */
    public static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

    private static final String ACCOUNT = "111122223333";

    /** Starts all three; IAM's consistency is waited for this long. */
    public static Laptop start(Duration consistencyWindow) throws InterruptedException {
        return start(consistencyWindow, SweepSettings.DEFAULT.interval());
    }

    /** The same, with all roles compared this often. */
    public static Laptop start(Duration consistencyWindow, Duration sweepInterval) throws InterruptedException {
        return started(prepare(consistencyWindow, sweepInterval, Gate.OPEN, Set.of()));
    }

    /** All three, and the operator stands by. */
    public static Laptop standingBy(Duration consistencyWindow) {
        Laptop laptop = prepare(consistencyWindow, SweepSettings.DEFAULT.interval(), Gate.OPEN, Set.of());
        laptop.operator().standBy();
        return laptop;
    }

    /** The same, with the operator's writes to the API server through this gate, and for these namespaces only. */
    public static Laptop start(Duration consistencyWindow, Gate gate, Set<String> namespaces)
            throws InterruptedException {
        return started(prepare(consistencyWindow, SweepSettings.DEFAULT.interval(), gate, namespaces));
    }

    private static Laptop started(Laptop laptop) throws InterruptedException {
        laptop.operator().start();
        return laptop;
    }

    private static Laptop prepare(
            Duration consistencyWindow, Duration sweepInterval, Gate gate, Set<String> namespaces) {
        MockApiServer server = MockApiServer.start();
        server.setIssuer(ISSUER);
        InMemoryIam iam = new InMemoryIam(Clock.systemUTC());
        iam.console().createProvider(ISSUER, TokenSpec.DEFAULT_AUDIENCE);
        KubernetesClient eyes = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server.config())
                        .withUserAgent(FieldManager.USER_AGENT)
                        .build())
                .build();
        ClusterDiscovery discovery = new ClusterDiscovery(eyes);
        ClusterIdentity identity = new ClusterIdentity(
                "laptop",
                discovery.id(),
                new Issuer(discovery.issuer().orElseThrow()),
                new AwsAccount("aws", ACCOUNT, ""),
                "/irsa/laptop/");
        OperatorMetrics metrics = new OperatorMetrics(InstantSource.system(), List.of());
        OperatorRuntime operator = new OperatorRuntime(
                new Outside(
                        eyes,
                        new IamRoles(iam, Gate.OPEN),
                        new IamListing(iam, Gate.OPEN, 100),
                        new IamOidcProviders(iam, Gate.OPEN),
                        new LazyIdentities(() -> identity),
                        gate),
                new Settings(false, consistencyWindow, Duration.ofSeconds(20), 48, Settings.DEFAULT.audiences(), false),
                new SweepSettings(sweepInterval, Duration.ofHours(1), false, namespace -> true),
                metrics,
                namespaces,
                Optional.empty());
        return new Laptop(server, server.client(), iam, eyes, metrics, operator);
    }

    /** Everything is allowed to everybody, for tests that are about something else. */
    public Laptop allowingEverything() {
        try {
            user.resource(Files.readString(Path.of("src/test/resources/manifests/everything.yaml")))
                    .create();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a namespace. */
    public void makeNamespace(String name, Map<String, String> labels) {
        user.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    /** How many resources an entitlement says that it serves. */
    public int served(String entitlement) {
        var status =
                user.resources(IamEntitlement.class).withName(entitlement).get().getStatus();
        return status == null ? 0 : status.resources();
    }

    /** How often the framework has had a resource reconciled. */
    public double reconciles() {
        return metrics.registry()
                .get("reconciliations.started.total")
                .tag("controller.name", "iamserviceaccount")
                .counter()
                .count();
    }

    /** A resource as the API server has it now. */
    public IamServiceAccount resource(String namespace, String name) {
        return user.resources(IamServiceAccount.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** A field of the condition Ready of a resource; empty as long as there is no such condition, or no resource. */
    public String ready(String namespace, String name, Function<Condition, String> field) {
        IamServiceAccount resource = resource(namespace, name);
        return resource == null ? "" : ready(resource, field);
    }

    /** The same of a resource that was read already. */
    public static String ready(IamServiceAccount resource, Function<Condition, String> field) {
        var status = resource.getStatus();
        return status == null
                ? ""
                : status.conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .map(field)
                        .findFirst()
                        .orElse("");
    }

    @Override
    public void close() {
        operator.close();
        eyes.close();
        server.close();
    }
}
