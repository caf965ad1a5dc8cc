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
 * A cluster with the CRDs, an AWS account with its OIDC provider, and the clients of a user: kubectl and IAM.
 *
 * @param iam bypasses the proxy, as a console user does
 */
public record TestEnvironment(ControlPlane controlPlane, FaultProxy proxy, Kubectl kubectl, IamClient iam) {
    static final String CLUSTER = "prod";

    /** The path of the operator's roles. */
    static final String PATH = "/irsa/" + CLUSTER + "/";

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    /** Applies the CRDs and an entitlement that allows everything. */
    public static TestEnvironment with(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        install(controlPlane, kubectl);
        return bare(controlPlane, moto, proxy, kubectl);
    }

    private static void install(ControlPlane controlPlane, Kubectl kubectl) {
        boolean installed =
                kubectl.run("get", "crd", "iamserviceaccounts.irsa.dev").exitCode() == 0;
        kubectl.run("apply", "--server-side", "-f", "crds/").orThrow();
        if (!installed) {
            kubectl.run("wait", "--for=condition=Established", "-f", "crds/").orThrow();
            // The garbage collector looks for kinds when it starts, and then only every 30 seconds.
            controlPlane.restartControllers();
        }
        kubectl.run("apply", "-f", "src/fixtures/resources/manifests/everything.yaml")
                .orThrow();
    }

    /** Returns an environment with the account at this endpoint, which has no OIDC provider yet. */
    static TestEnvironment withoutProvider(ControlPlane controlPlane, URI endpoint, FaultProxy proxy, Kubectl kubectl) {
        install(controlPlane, kubectl);
        return new TestEnvironment(controlPlane, proxy, kubectl, console(endpoint));
    }

    /** Returns an environment without CRDs. */
    static TestEnvironment bare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        IamClient iam = console(moto.endpoint());
        OidcProvider.ensure(iam, controlPlane.issuer());
        return new TestEnvironment(controlPlane, proxy, kubectl, iam);
    }

    private static IamClient console(URI endpoint) {
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("console", "console")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Returns the usual launch of the operator, with a short consistency window. */
    public OperatorLaunch launch() {
        return launch("3s", "20s");
    }

    /** Returns a launch of the operator with this consistency window and this maximum retry delay. */
    OperatorLaunch launch(String consistencyWindow, String slowestRetry) {
        return OperatorLaunch.of(CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--audiences", "sts.amazonaws.com,vault.example.com")
                .withArguments("--consistency-window", consistencyWindow, "--slowest-retry", slowestRetry)
                .withArguments("--log-format", "text");
    }

    /** Returns a launch of the operator that sweeps every second, with a still shorter consistency window. */
    OperatorLaunch sweeping() {
        return OperatorLaunch.of(CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--audiences", "sts.amazonaws.com,vault.example.com")
                .withArguments("--consistency-window", "1s", "--sweep-interval", "1s")
                .withArguments("--slowest-retry", "5s", "--log-format", "text");
    }

    /** Creates a namespace that no other test uses. */
    String namespace() {
        String name = "ns-" + ProcessHandle.current().pid() + "-" + NAMESPACES.incrementAndGet();
        kubectl.run("create", "namespace", name).orThrow();
        return name;
    }

    /** Returns the manifest of the smallest resource. */
    static String smallest(String namespace, String name) {
        return resource(namespace, name, "{policies: {managed: [AmazonS3ReadOnlyAccess]}}");
    }

    /** Returns the manifest of a resource with this spec, in YAML flow style. */
    static String resource(String namespace, String name, String spec) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec: %s
                """.formatted(namespace, name, spec);
    }

    /** Returns the role name that the operator derives. */
    static String roleName(String namespace, String name) {
        return CLUSTER + "_" + namespace + "_" + name;
    }

    void awaitReady(String namespace, String name) {
        kubectl.run("-n", namespace, "wait", "--for=condition=Ready", "iamsa/" + name, "--timeout=90s")
                .orThrow();
    }

    /** Waits until Ready has this reason and returns its message. */
    String awaitReason(String namespace, String name, String reason) {
        return await().alias(namespace + "/" + name + " reports " + reason)
                .until(
                        () -> reader().ready(namespace, name),
                        ready -> ready.path("reason").asText().equals(reason))
                .path("message")
                .asText();
    }

    /** Returns a field of the condition Ready, or an empty string without one. */
    String ready(String namespace, String name, String field) {
        return reader().ready(namespace, name, field);
    }

    String field(String namespace, String object, String path) {
        return kubectl.run("-n", namespace, "get", object, "-o", "jsonpath=" + path)
                .stdout();
    }

    String annotation(String namespace, String serviceAccount, String key) {
        return reader().annotation(namespace, serviceAccount, key);
    }

    ObjectReader reader() {
        return new ObjectReader(controlPlane.client());
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

    /** Returns the names of the roles for a namespace of this cluster. */
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
