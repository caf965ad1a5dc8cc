package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves roles in the forms that other tools document, from the import to the way back. */
class ImportIT extends OperatorTestBase {
    private static final String RESUME = "{\"spec\":{\"suspend\":false}}";
    private static final String ADOPTABLE_BY = "irsa.dev/adoptable-by";
    private static final String[] TAGS_LEFT = {ADOPTABLE_BY, "irsa.dev/user-tags"};

    @TempDir
    private Path folder;

    @Override
    OperatorLaunch launch() {
        PublishedSettings.prepare(env);
        return env.launch("1s", "5s").withArguments(PublishedSettings.FLAGS).withArguments("--adoption-path=/");
    }

    /** Without the entitlement for everything, the import writes others. */
    @BeforeAll
    void awaitSettings() {
        PublishedSettings.await(env);
        env.kubectl().run("delete", "iamentitlement", "everything").orThrow();
    }

    /** moto has no Pod Identity associations. */
    @BeforeEach
    void answerForEks() {
        env.proxy().faults().on("eks:ListPodIdentityAssociations").answer("application/json", "{\"associations\": []}");
    }

    @Test
    void movesRolesOfEveryDocumentedForm() throws IOException {
        String namespace = env.namespace();
        Map<String, AdoptedRole> roles = new LinkedHashMap<>();
        for (ImportForm form : ImportForm.all(namespace)) {
            form.createRole(env, namespace);
            form.createAccount(env, namespace);
            roles.put(
                    form.serviceAccount(),
                    AdoptedRole.of(env, TestEnvironment.CLUSTER, namespace, form.serviceAccount()));
        }
        Map<String, JsonNode> accounts = serviceAccounts(namespace);
        Path output = folder.resolve("imported");
        env.proxy().calls().clear();

        JsonNode imported = json(
                namespace,
                "import",
                "--output-dir=" + output,
                "--from-eksctl=" + FilesOfTools.eksctl(folder, namespace),
                "--from-terraform-state=" + FilesOfTools.terraformState(folder, namespace));

        assertThat(env.proxy().calls().names()).isNotEmpty().allMatch(ImportIT::isRead);
        assertThat(imported.path("accounts"))
                .extracting(account -> account.path("serviceAccount").asText() + " "
                        + account.path("maker").asText() + " "
                        + account.path("effect").asText())
                .containsExactly(
                        "cart eksctl ownership_only",
                        "ebs-csi terraform ownership_only",
                        "external-dns terraform ownership_only",
                        "invoices cloudformation ownership_only",
                        "kustomization helm ownership_only",
                        "orders ack ownership_only",
                        "refunds eksctl creation");
        assertThat(Files.readString(output.resolve("HANDOVER.md")))
                .contains("module.external_dns_irsa", "module.ebs_csi_irsa", "### eksctl", "### ACK");

        adopt(namespace, output, roles);

        assertThat(serviceAccounts(namespace)).containsAllEntriesOf(accounts);
        assertThat(new AppliedResource(env, namespace, "refunds").pendingChanges())
                .anyMatch(change -> change.startsWith("create role"));

        release(roles);

        assertThat(serviceAccounts(namespace)).containsAllEntriesOf(accounts);
    }

    private void adopt(String namespace, Path output, Map<String, AdoptedRole> roles) {
        List<String> names =
                roles.values().stream().map(role -> "--offer=" + role.name()).toList();
        assertThat(run(namespace, with(names, "import")).exitCode())
                .as("without --yes")
                .isEqualTo(1);
        roles.values().forEach(AdoptedRole::assertReleased);
        env.proxy().calls().clear();

        run(namespace, with(names, "import", "--yes")).orThrow();

        assertThat(env.proxy().calls().names())
                .filteredOn(call -> !isRead(call))
                .hasSize(roles.size())
                .allMatch(call -> call.equals("iam:TagRole"));
        env.kubectl().run("apply", "--kustomize", output.toString()).orThrow();
        for (AdoptedRole role : roles.values()) {
            role.resource().awaitReason("Suspended");
            assertThat(role.resource().pendingChanges())
                    .isNotEmpty()
                    .allMatch(change -> change.matches("(tag role|remove the tags) .*irsa\\.dev/.*"));
        }
        env.proxy().calls().clear();
        roles.values().forEach(role -> role.resource().patch(RESUME));
        roles.values().forEach(AdoptedRole::assertAdoptedUnchanged);
    }

    /** The steps of HANDOVER.md. */
    private void release(Map<String, AdoptedRole> roles) {
        roles.values()
                .forEach(role -> role.resource()
                        .patch("""
                                {"spec":{"deletionPolicy":"Retain",
                                         "serviceAccounts":[{"name":"%s","management":"Ignore"}]}}""".formatted(role.resource().name()))
                        .delete());
        for (AdoptedRole role : roles.values()) {
            role.resource().awaitGone();
            env.iam().untagRole(request -> request.roleName(role.name()).tagKeys(TAGS_LEFT));
            role.assertReleased();
        }
    }

    @Test
    void refusesRolesThatAdoptionWouldHarm() throws IOException {
        String namespace = env.namespace();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : Files.readAllLines(
                Path.of("src", "integration-test", "resources", "import", "refused-trust-policies.txt"))) {
            String[] parts = line.split(" \\| ", 3);
            reasons.put(parts[0], parts[1]);
            role(namespace, parts[0], parts[2]);
        }
        role(
                namespace,
                "fine",
                "[{\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"PROVIDER\"},"
                        + " \"Action\": \"sts:AssumeRoleWithWebIdentity\","
                        + " \"Condition\": {\"StringEquals\": {\"ISSUER:sub\": \"SUBJECT\"}}}]");
        env.proxy().calls().clear();

        JsonNode imported = json(namespace, "import");

        assertThat(imported.path("accounts")).hasSize(reasons.size() + 1);
        imported.path("accounts")
                .forEach(account -> assertThat(account.path("reason").asText())
                        .as(account.path("serviceAccount").asText())
                        .contains(reasons.getOrDefault(
                                account.path("serviceAccount").asText(), "")));
        assertThat(imported.path("accounts"))
                .filteredOn(account -> !account.path("effect").asText().equals("refused"))
                .extracting(account -> account.path("serviceAccount").asText())
                .containsExactly("fine");
        for (String name : List.of("wildcard", "admin")) {
            Command.Result offer = run(
                    namespace,
                    List.of("import", "--yes", "--offer=" + namespace + "-fine", "--offer=" + namespace + "-" + name));
            assertThat(offer.exitCode()).isEqualTo(1);
            assertThat(offer.stderr())
                    .contains("role " + namespace + "-" + name + " cannot be offered: ", reasons.get(name));
        }
        assertThat(env.proxy().calls().names()).allMatch(ImportIT::isRead);
        assertThat(env.tags(namespace + "-fine")).isEmpty();
    }

    private void role(String namespace, String name, String statements) {
        String role = namespace + "-" + name;
        env.iam()
                .createRole(request -> request.roleName(role)
                        .assumeRolePolicyDocument(ImportForm.document(
                                "{\"Version\": \"2012-10-17\", \"Statement\": " + statements + "}",
                                "system:serviceaccount:" + namespace + ":" + name)));
        annotate(namespace, name, "arn:aws:iam::123456789012:role/" + role);
    }

    @Test
    void tenantGainsNothingFromAnnotatingTheRoleOfOthers() {
        String namespace = env.namespace();
        ImportForm form = ImportForm.eksctl(namespace);
        form.createRole(env, namespace);
        form.createAccount(env, namespace);
        RoleSnapshot before = RoleSnapshot.of(env, form.role());
        String tenant = env.namespace();
        annotate(tenant, "cart", form.arn());
        AppliedResource theirs = new AppliedResource(env, tenant, "cart");
        allowEverything(tenant);
        theirs.spec(
                "{role: {name: %s, path: /, adoption: IfOffered}, deletionPolicy: Retain, policies: {managed: [AdministratorAccess]}}"
                        .formatted(form.role()));
        theirs.awaitReason("RoleConflict");

        Command.Result offer = run(tenant, List.of("import", "--yes", "--offer=" + form.role()));

        assertThat(offer.exitCode()).isEqualTo(1);
        assertThat(offer.stderr()).contains("does not admit the ServiceAccount");
        assertThat(RoleSnapshot.of(env, form.role())).isEqualTo(before);

        run(namespace, List.of("import", "--yes", "--offer=" + form.role())).orThrow();

        assertThat(env.tags(form.role())).containsEntry(ADOPTABLE_BY, "prod/" + namespace + "/cart");
        theirs.patch("{\"spec\":{\"policies\":{\"managed\":[\"PowerUserAccess\"]}}}");
        theirs.await("sees the change")
                .until(() -> theirs.get("{.status.observedGeneration}").equals("2"));
        assertThat(theirs.ready("reason")).isEqualTo("RoleConflict");
        assertThat(RoleSnapshot.of(env, form.role()))
                .usingRecursiveComparison()
                .ignoringFields("tags")
                .isEqualTo(before);
        theirs.delete().awaitGone();
    }

    private void allowEverything(String namespace) {
        env.kubectl().apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: tenant-%1$s}
                spec:
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                  allow:
                    managedPolicies: ["*"]
                    roleNames: ["*"]
                    rolePaths: ["/*"]
                """.formatted(namespace)).orThrow();
    }

    private void annotate(String namespace, String name, String roleArn) {
        env.kubectl().apply("""
                {apiVersion: v1, kind: ServiceAccount, metadata: {namespace: %s, name: "%s",
                  annotations: {eks.amazonaws.com/role-arn: "%s"}}}
                """.formatted(namespace, name, roleArn)).orThrow();
    }

    /** Returns the ServiceAccounts as clients see them, but for the owners of fields and the number of the last write. */
    private Map<String, JsonNode> serviceAccounts(String namespace) {
        JsonNode list = KubectlIrsa.parse(env.kubectl().get("get", "serviceaccounts", "-n", namespace, "-o", "json"));
        Map<String, JsonNode> accounts = new LinkedHashMap<>();
        for (JsonNode account : list.path("items")) {
            ObjectNode metadata = (ObjectNode) account.path("metadata");
            metadata.remove(List.of("managedFields", "resourceVersion"));
            accounts.put(metadata.path("name").asText(), account);
        }
        return accounts;
    }

    private JsonNode json(String namespace, String... arguments) {
        Command.Result result = run(namespace, with(List.of("--output=json"), arguments));
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stderr()).doesNotContain("warning");
        return KubectlIrsa.parse(result.stdout());
    }

    private Command.Result run(String namespace, List<String> arguments) {
        return new PluginInProcess(env.proxy().uri(), namespace)
                .run(env.controlPlane().kubeconfig(), arguments);
    }

    private static List<String> with(List<String> more, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        return all;
    }

    private static boolean isRead(String call) {
        String action = call.substring(call.indexOf(':') + 1);
        return action.startsWith("Get") || action.startsWith("List");
    }
}
