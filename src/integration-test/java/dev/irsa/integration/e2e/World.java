package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.OidcProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A cluster with the resource installed, an account that has its OIDC provider, and the hands of a user: kubectl and an IAM console.
 *
 * @param iam goes straight to moto, past the proxy, as a console user does
 */
public record World(ControlPlane controlPlane, FaultProxy proxy, Kubectl kubectl, IamClient iam) {
    static final String CLUSTER = "prod";

    /** Where the operator makes its roles. */
    static final String PATH = "/irsa/" + CLUSTER + "/";

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    /** With the definitions, and an entitlement that allows everything. */
    public static World with(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        install(kubectl);
        return bare(controlPlane, moto, proxy, kubectl);
    }

    private static void install(Kubectl kubectl) {
        kubectl.run("apply", "--server-side", "-f", "crds/").orThrow();
        kubectl.run("apply", "-f", "src/fixtures/resources/manifests/everything.yaml")
                .orThrow();
    }

    /** The same in an account at this endpoint, which has no OIDC provider yet. */
    static World withoutProvider(ControlPlane controlPlane, URI endpoint, FaultProxy proxy, Kubectl kubectl) {
        install(kubectl);
        return new World(controlPlane, proxy, kubectl, console(endpoint));
    }

    /** The same where nothing is installed yet. */
    static World bare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        IamClient iam = console(moto.endpoint());
        OidcProvider.ensure(iam, controlPlane.issuer());
        return new World(controlPlane, proxy, kubectl, iam);
    }

    private static IamClient console(URI endpoint) {
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("console", "console")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** The operator as it is mostly started here; IAM's consistency is waited for as briefly as moto allows. */
    public OperatorLaunch launch() {
        return OperatorLaunch.of(CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--audiences", "sts.amazonaws.com,vault.example.com")
                .withArguments("--consistency-window", "3s", "--slowest-retry", "20s", "--log-format", "text");
    }

    /** The operator as it sweeps every second, for which IAM's consistency is waited for more briefly still. */
    OperatorLaunch sweeping() {
        return OperatorLaunch.of(CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--audiences", "sts.amazonaws.com,vault.example.com")
                .withArguments("--consistency-window", "1s", "--sweep-interval", "1s")
                .withArguments("--slowest-retry", "5s", "--log-format", "text");
    }

    /** A namespace that nobody else uses. */
    String namespace() {
        String name = "ns-" + ProcessHandle.current().pid() + "-" + NAMESPACES.incrementAndGet();
        kubectl.run("create", "namespace", name).orThrow();
        return name;
    }

    /** The smallest resource there is. */
    static String smallest(String namespace, String name) {
        return resource(namespace, name, "{policies: {managed: [AmazonS3ReadOnlyAccess]}}");
    }

    /** A resource with this spec, in YAML's one-line form. */
    static String resource(String namespace, String name, String spec) {
        return """
                apiVersion: irsa.dev/v1alpha1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec: %s
                """.formatted(namespace, name, spec);
    }

    /** The name of the role that the operator derives. */
    static String roleName(String namespace, String name) {
        return CLUSTER + "_" + namespace + "_" + name;
    }

    void awaitReady(String namespace, String name) {
        kubectl.run("-n", namespace, "wait", "--for=condition=Ready", "iamsa/" + name, "--timeout=90s")
                .orThrow();
    }

    /** Waits until Ready carries this reason; answers its message. */
    String awaitReason(String namespace, String name, String reason) {
        await().until(() -> ready(namespace, name, "reason").equals(reason));
        return ready(namespace, name, "message");
    }

    /** A field of the condition Ready; empty when there is none. */
    String ready(String namespace, String name, String field) {
        return field(namespace, "iamsa/" + name, "{.status.conditions[?(@.type==\"Ready\")]." + field + "}");
    }

    String field(String namespace, String object, String path) {
        return kubectl.run("-n", namespace, "get", object, "-o", "jsonpath=" + path)
                .stdout();
    }

    String annotation(String namespace, String serviceAccount, String key) {
        return field(namespace, "sa/" + serviceAccount, "{.metadata.annotations." + key.replace(".", "\\.") + "}");
    }

    boolean exists(String namespace, String object) {
        return kubectl.run("-n", namespace, "get", object).exitCode() == 0;
    }

    Role role(String name) {
        return iam.getRole(request -> request.roleName(name)).role();
    }

    boolean roleExists(String name) {
        try {
            role(name);
            return true;
        } catch (NoSuchEntityException e) {
            return false;
        }
    }

    /** The names of the roles of this cluster's resources of a namespace. */
    Set<String> rolesOf(String namespace) {
        return iam.listRolesPaginator(request -> request.pathPrefix(PATH)).roles().stream()
                .map(Role::roleName)
                .filter(name -> name.startsWith(roleName(namespace, "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<String> attached(String role) {
        return iam.listAttachedRolePolicies(request -> request.roleName(role)).attachedPolicies().stream()
                .map(policy -> policy.policyArn())
                .sorted()
                .toList();
    }

    TreeSet<String> inline(String role) {
        return new TreeSet<>(
                iam.listRolePolicies(request -> request.roleName(role)).policyNames());
    }

    Map<String, String> tags(String role) {
        Map<String, String> tags = new TreeMap<>();
        role(role).tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    static void awaitTime(Instant time) {
        await().until(() -> !Instant.now().isBefore(time));
    }

    static Path crds() {
        return Path.of("crds");
    }
}
