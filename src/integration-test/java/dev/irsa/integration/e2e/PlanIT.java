package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that {@code kubectl irsa plan} announces what the operator then does, to a user who can only read. */
class PlanIT extends OperatorTestBase {
    private static final String SPEC = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: queue, document:
              {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}""";
    private static final String EDITED = "{role: {description: Invoices}, policies: {managed: [AmazonSQSFullAccess]}}";

    /** As that of {@code make run}. */
    private static final Path SETTINGS = Path.of("target", "plan-it-operator.json");

    @TempDir
    private Path folder;

    private AppliedResource resource;
    private KubectlIrsa plugin;

    @Override
    OperatorLaunch launch() {
        PublishedSettings.prepare(env);
        return env.launch()
                .withArguments(PublishedSettings.FLAGS)
                .withArguments("--settings-file", SETTINGS.toString());
    }

    @BeforeAll
    void awaitSettings() {
        PublishedSettings.await(env);
    }

    /** The user may read what a plan needs, and nothing else. */
    @BeforeEach
    void newUser() {
        resource = new AppliedResource(env, env.namespace(), "invoices");
        LimitedUser user = LimitedUser.in(env.controlPlane(), resource.namespace());
        user.grantOnly(PluginPermissions.plan(resource.namespace()).grants(), List.of());
        plugin = KubectlIrsa.of(user.kubeconfig(), env.proxy().uri());
    }

    @Test
    void announcesCreationAndThenNoChange() throws IOException {
        String file = manifest(SPEC);

        Command.Result plan = plugin.run("plan", "-f", file, "--detailed-exitcode");

        assertThat(plan.exitCode()).as(plan.stderr()).isEqualTo(2);
        assertThat(plan.stderr()).isEmpty();
        assertThat(plan.stdout())
                .contains("+ " + resource.namespace() + "/invoices: to create")
                .endsWith("Plan: 1 to create, 0 to change, 0 to delete.\n");
        List<JsonNode> changes = changes("plan", "-f", file);
        assertThat(env.proxy().calls().names()).allMatch(PlanIT::isRead);
        assertThat(env.roleExists(resource.role())).isFalse();

        resource.spec(SPEC).awaitReady();

        assertMade(changes);
        Command.Result after = plugin.run("plan", "-f", file, "--detailed-exitcode");
        assertThat(after.exitCode()).as(after.stderr()).isZero();
        assertThat(after.stdout()).isEqualTo("Plan: 0 to create, 0 to change, 0 to delete, 1 unchanged.\n");
    }

    /** An operator that was started with {@code make run} has no ConfigMap. */
    @Test
    void readsTheSettingsFromTheFileOfAnOperatorOutsideOfTheCluster() throws IOException {
        String file = manifest(SPEC);

        Command.Result without = plugin.run("plan", "-f", file, "--operator-name", "absent");
        Command.Result plan =
                plugin.run("plan", "-f", file, "--operator-name", "absent", "--operator-settings", SETTINGS.toString());

        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(plan.exitCode()).as(plan.stderr()).isZero();
        assertThat(plan.stdout()).endsWith("Plan: 1 to create, 0 to change, 0 to delete.\n");
    }

    @Test
    void comparesWithTheClusterWhenAwsIsNotReachable() throws IOException {
        resource.spec(SPEC).awaitReady();
        env.proxy().faults().on("*").closeConnection();
        Instant started = Instant.now();

        Command.Result plan = plugin.run("plan", "-f", manifest(EDITED));

        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(plan.exitCode()).as(plan.stderr()).isZero();
        assertThat(plan.stdout()).endsWith("Plan: 0 to create, 1 to change, 0 to delete.\n");
        assertThat(plan.stderr().lines()).singleElement().asString().startsWith("warning: not compared with IAM: ");
    }

    @Test
    void announcesExactlyTheChangesOfAnEdit() throws IOException {
        resource.spec(SPEC).awaitReady();
        String before = resource.resourceVersion();
        env.proxy().clear();

        List<JsonNode> changes = changes("plan", "-f", manifest(EDITED));

        assertThat(changes)
                .extracting(change -> change.path("action").asText())
                .containsExactlyInAnyOrder("UpdateRole", "AttachRolePolicy", "DetachRolePolicy", "DeleteRolePolicy");
        assertThat(env.proxy().calls().names()).isNotEmpty().allMatch(PlanIT::isRead);
        assertThat(resource.resourceVersion()).isEqualTo(before);

        resource.spec(EDITED).awaitReady();

        assertMade(changes);
    }

    @Test
    void showsManualChangeOfRole() {
        resource.spec(SPEC).awaitReady();
        ManualDrift.attach(env, resource.role(), "AdministratorAccess");

        assertThat(changes("plan", "-n", resource.namespace()))
                .extracting(change -> change.path("description").asText())
                .singleElement()
                .asString()
                .startsWith("detach policy arn:aws:iam::aws:policy/AdministratorAccess");
    }

    @Test
    void listsTheChangesThatSuspensionHoldsBack() throws IOException {
        String suspended = "{suspend: true, policies: {managed: [AmazonS3ReadOnlyAccess]}}";

        JsonNode plan = plugin.json("plan", "-f", manifest(suspended), "--detailed-exitcode");

        JsonNode planned = plan.path("resources").path(0);
        assertThat(planned.path("action").asText()).isEqualTo("suspended");
        resource.spec(suspended).awaitReason("Suspended");
        assertThat(planned.path("changes"))
                .extracting(change -> change.path("description").asText())
                .isEqualTo(resource.pendingChanges());
    }

    @Test
    void refusesWhatAnEntitlementOfTheSameOverlayDenies() throws IOException {
        manifest(SPEC);
        Files.writeString(folder.resolve("entitlement.yaml"), """
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: everything}
                spec: {namespaceSelector: {}, allow: {managedPolicies: [AmazonS3*]}}
                """);
        Files.writeString(folder.resolve("kustomization.yaml"), "{resources: [invoices.yaml, entitlement.yaml]}");
        String overlay = env.kubectl().get("kustomize", folder.toString());

        Command.Result plan = plugin.runWithInput(overlay, "plan", "-f", "-", "-o", "json");

        assertThat(plan.exitCode()).as(plan.stderr()).isEqualTo(1);
        JsonNode planned = KubectlIrsa.parse(plan.stdout()).path("resources").path(0);
        assertThat(planned.path("action").asText()).isEqualTo("refused");
        assertThat(planned.path("reason").asText()).isEqualTo("NotEntitled");
        assertThat(planned.path("message").asText()).contains("sqs:*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kind: [                       | broken.yaml is not valid YAML at line 4
                    kind: IamServiceAccount       | IamServiceAccount a: unknown field spec.polices
                    """)
    void reportsInvalidFileInOneLine(String kind, String problem) throws IOException {
        Path file = Files.writeString(
                folder.resolve("broken.yaml"),
                "apiVersion: irsa.dev/v1beta1\n" + kind + "\nmetadata: {name: a}\nspec: {polices: {managed: [a]}}\n");

        Command.Result plan = plugin.run("plan", "-f", file.toString());

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.stdout()).isEmpty();
        assertThat(plan.stderr().lines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains(problem);
    }

    private String manifest(String spec) throws IOException {
        return Files.writeString(
                        folder.resolve("invoices.yaml"),
                        TestEnvironment.resource(resource.namespace(), resource.name(), spec))
                .toString();
    }

    /** Returns the changes of a plan for the resource. */
    private List<JsonNode> changes(String... arguments) {
        JsonNode plan = plugin.json(arguments);
        assertThat(plan.path("comparedWithIam").asBoolean()).isTrue();
        assertThat(plan.path("resources")).hasSize(1);
        return plan.path("resources").path(0).path("changes").valueStream().toList();
    }

    /** Asserts that the operator has made exactly these changes, in this order, since the calls were cleared. */
    private void assertMade(List<JsonNode> changes) {
        assertThat(env.proxy().calls().actionsOn(resource.role()))
                .filteredOn(action -> !isRead(action))
                .isEqualTo(changes.stream()
                        .map(change -> change.path("action").asText())
                        .filter(action -> !action.endsWith("ServiceAccount"))
                        .toList());
        assertThat(operator.log())
                .containsSubsequence(changes.stream()
                        .map(change -> change.path("description").asText())
                        .toList());
    }

    private static boolean isRead(String call) {
        String action = call.substring(call.indexOf(':') + 1);
        return action.startsWith("Get") || action.startsWith("List");
    }
}
