package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AnswersBesideMoto;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.AuditedRequest;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that each command of {@code kubectl irsa} works with exactly the documented permissions, and reports each one that is
 * missing. The issuer of the cluster has an address that does not exist, so that no test depends on the internet.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginPermissionsIT {
    private static final String NAMESPACE = "shop";
    private static final String NAME = "invoices";
    private static final String TEMPLATE_NAMESPACE = "reports";
    private static final String IMPORT_NAMESPACE = "legacy";
    private static final String TEMPLATE_SPEC =
            "{policies: {templates: [{name: s3-read, parameters: {bucket: invoices}}]}}";
    private static final String TEMPLATE_ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: templates}
            spec:
              namespaceSelector: {}
              allow: {templates: [{name: s3-read, parameters: [{name: bucket, values: ["*"]}]}]}
            """;
    private static final String SPEC = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: queue, document:
              {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}""";

    private final AuditLog audit = AuditLog.ofUser("alice");
    private ControlPlane controlPlane;
    private FaultProxy proxy;
    private LimitedUser user;
    private OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy aws) {
        proxy = aws;
        controlPlane = ControlPlane.start(
                audit.settings().withIssuer("https://issuer.invalid/prod").withUser("alice"));
        user = LimitedUser.of(controlPlane, "alice");
        user.grantIssuerDiscovery(true);
        Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
        TestEnvironment env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        PublishedSettings.prepare(env);
        kubectl.run("create", "namespace", NAMESPACE).orThrow();
        operator = env.launch()
                .withArguments(PublishedSettings.FLAGS)
                .withArguments("--adoption-path=/")
                .startReady();
        new AppliedResource(env, NAMESPACE, NAME).spec(SPEC).awaitReady();
        kubectl.applyFile(Path.of("src", "integration-test", "resources", "manifests", "workload.yaml"))
                .orThrow();
        createTemplateUser(env);
        createRoleOfOthers(env);
        PublishedSettings.await(env);
    }

    private static void createTemplateUser(TestEnvironment env) {
        env.kubectl().run("create", "namespace", TEMPLATE_NAMESPACE).orThrow();
        env.kubectl().run("apply", "-f", "deploy/templates/s3-read.yaml").orThrow();
        env.kubectl().apply(TEMPLATE_ENTITLEMENT).orThrow();
        new AppliedResource(env, TEMPLATE_NAMESPACE, NAME).spec(TEMPLATE_SPEC).awaitReady();
    }

    private static void createRoleOfOthers(TestEnvironment env) {
        env.kubectl().run("create", "namespace", IMPORT_NAMESPACE).orThrow();
        env.iam()
                .createRole(request -> request.roleName("legacy-invoices")
                        .assumeRolePolicyDocument(TrustPolicy.irsa(
                                "issuer.invalid/prod",
                                "StringEquals",
                                "system:serviceaccount:" + IMPORT_NAMESPACE + ":" + NAME,
                                "sts.amazonaws.com")));
        env.kubectl().apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  namespace: %s
                  name: %s
                  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/legacy-invoices"}
                """.formatted(IMPORT_NAMESPACE, NAME)).orThrow();
    }

    @AfterAll
    void stop() {
        operator.close();
        controlPlane.close();
    }

    @BeforeEach
    void answerForAws() {
        AnswersBesideMoto.add(proxy.faults());
    }

    static Stream<PluginPermissions> commands() {
        return Stream.of(
                PluginPermissions.get(NAMESPACE),
                PluginPermissions.getByName(NAMESPACE, NAME),
                PluginPermissions.getWide(NAMESPACE),
                PluginPermissions.getOrphaned(NAMESPACE),
                PluginPermissions.plan(NAMESPACE),
                PluginPermissions.plan(TEMPLATE_NAMESPACE).withTemplates(),
                PluginPermissions.planDeletion(NAMESPACE),
                PluginPermissions.importRoles(IMPORT_NAMESPACE),
                PluginPermissions.doctor(NAMESPACE, NAME),
                PluginPermissions.doctorOfPod(NAMESPACE, NAME),
                PluginPermissions.whoCan(NAMESPACE),
                PluginPermissions.whatCan(NAMESPACE, NAME),
                PluginPermissions.report(NAMESPACE),
                PluginPermissions.unused(NAMESPACE),
                PluginPermissions.explain(NAMESPACE, NAME),
                PluginPermissions.explain(TEMPLATE_NAMESPACE, NAME).withTemplates());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void worksWithExactlyThesePermissions(PluginPermissions command) {
        user.grantOnly(command.grants(), List.of());
        int earlier = audit.requestsOf(user.name()).size();
        proxy.calls().clear();

        Command.Result result = run(command);

        assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
        assertThat(result.stdout() + result.stderr()).doesNotContain("permission ");
        assertThat(new TreeSet<>(proxy.calls().names())).as("AWS actions").isEqualTo(new TreeSet<>(command.actions()));
        List<AuditedRequest> requests =
                audit.requestsOf(user.name()).stream().skip(earlier).toList();
        assertThat(command.grants())
                .as("used permissions")
                .allMatch(grant -> requests.stream().anyMatch(grant::covers));
        assertThat(requests)
                .as("permitted requests")
                .noneMatch(AuditedRequest::refused)
                .allMatch(request -> command.grants().stream().anyMatch(grant -> grant.covers(request)));
    }

    static Stream<Arguments> commandsWithoutOnePermission() {
        return commands().flatMap(command -> command.grants().stream().map(missing -> arguments(command, missing)));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource
    void commandsWithoutOnePermission(PluginPermissions command, Grant missing) {
        user.grantOnly(
                command.grants().stream().filter(Predicate.not(missing::equals)).toList(), List.of(missing));

        Command.Result result = run(command);

        String output = result.stdout() + result.stderr();
        assertThat(result.exitCode()).as(output).isEqualTo(command.exitCodeWithout(missing));
        assertThat(output).doesNotContain("docs/permissions.md");
        OperatorLog.assertNoStackTrace(output);
        if (command.unnoticed().contains(missing)) {
            assertThat(output).doesNotContain("permission ");
        } else {
            assertThat(output).containsPattern("you do not have the permission (to )?" + named(missing));
        }
        if (command.required().contains(missing)) {
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr().lines().filter(line -> line.startsWith("error: ")))
                    .hasSize(1);
        }
    }

    @Test
    void doctorReportsThatTheIssuerIsNotReadable() {
        PluginPermissions doctor = PluginPermissions.doctor(NAMESPACE, NAME);
        user.grantOnly(doctor.grants(), List.of());
        user.grantIssuerDiscovery(false);
        try {
            Command.Result result = run(doctor);

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout())
                    .contains(
                            "get /.well-known/openid-configuration (ClusterRole system:service-account-issuer-discovery)");
        } finally {
            user.grantIssuerDiscovery(true);
        }
    }

    @Test
    void getDescribesAssociationsOfOthers() {
        PluginPermissions get = PluginPermissions.get(NAMESPACE);
        user.grantOnly(get.grants(), List.of());
        String association = """
                "associationId": "a-1", "namespace": "shop", "serviceAccount": "cart",\
                "associationArn": "arn:aws:eks:eu-west-1:123456789012:podidentityassociation/prod/a-1\"""";
        proxy.faults().clear();
        proxy.faults()
                .on("eks:ListPodIdentityAssociations")
                .answer("application/json", "{\"associations\": [{" + association + "}]}");
        proxy.faults().on("eks:DescribePodIdentityAssociation").answer("application/json", """
                {"association": {%s, "roleArn": "arn:aws:iam::123456789012:role/cart", "createdAt": 1700000000, "tags": {}}}
                """.formatted(association));

        Command.Result result = run(get);

        assertThat(result.stdout()).containsPattern("shop +cart +Pod Identity +unknown .* cart");
        assertThat(proxy.calls().names()).contains("eks:DescribePodIdentityAssociation");
    }

    /** Returns how a message names a permission; some say the name of the only resource in the singular. */
    private static String named(Grant grant) {
        return grant.verb() + " " + grant.resource().replaceFirst("s$", "");
    }

    private Command.Result run(PluginPermissions command) {
        return new PluginInProcess(proxy.uri(), command.namespace()).run(user.kubeconfig(), command.arguments());
    }
}
