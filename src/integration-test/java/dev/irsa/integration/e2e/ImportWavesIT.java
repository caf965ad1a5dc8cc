package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves roles in waves, with the plugin as a process that is killed in the middle of each. */
class ImportWavesIT extends OperatorTestBase {
    private static final int ROLES = 6;
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "PROVIDER"},
              "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals":
                {"ISSUER:sub": "SUBJECT", "ISSUER:aud": "sts.amazonaws.com"}}}]}""";

    @TempDir
    private Path folder;

    @Override
    OperatorLaunch launch() {
        PublishedSettings.prepare(env);
        return env.launch("1s", "3s").withArguments(PublishedSettings.FLAGS).withArguments("--adoption-path=/");
    }

    @BeforeAll
    void awaitSettings() {
        PublishedSettings.await(env);
        env.proxy().faults().on("eks:ListPodIdentityAssociations").answer("application/json", "{\"associations\": []}");
    }

    @Test
    void goesOnAfterTheProcessIsKilled() throws Exception {
        String namespace = env.namespace();
        Map<String, AdoptedRole> roles = new TreeMap<>();
        IntStream.range(0, ROLES).mapToObj(number -> "app-" + number).forEach(name -> {
            createRole(namespace, name);
            roles.put(name, AdoptedRole.of(env, TestEnvironment.CLUSTER, namespace, name));
        });
        Path imported = folder.resolve("imported");
        plugin(namespace, "import", "--output-dir=" + imported).orThrow();
        env.kubectl().run("apply", "--kustomize", imported.toString()).orThrow();

        env.proxy().calls().clear();
        env.proxy().faults().on("iam:TagRole").delay(Duration.ofMillis(500));
        Process offer = start(namespace, "--offer-from=" + imported, "--yes");
        TestEnvironment.await().until(() -> offered(roles) >= 2);
        kill(offer);

        assertThat(offered(roles)).isBetween(2L, ROLES - 1L);
        plugin(namespace, "import", "--offer-from=" + imported, "--yes").orThrow();
        assertThat(offered(roles)).isEqualTo(ROLES);
        assertThat(env.proxy().calls().names().stream().filter("iam:TagRole"::equals))
                .as("each role once, but for the one whose call was cut off")
                .hasSizeBetween(ROLES, ROLES + 1);
        env.proxy().faults().clear();
        awaitSettings();
        roles.values().forEach(role -> role.resource().awaitReason("Suspended"));

        Process wave = start(namespace, "--resume=" + imported, "--limit=2", "--wait", "--timeout=60s");
        TestEnvironment.await().until(() -> resumed(namespace) >= 2);
        kill(wave);

        assertThat(resumed(namespace)).isBetween(2L, ROLES - 1L);
        assertFilesLead(namespace, imported);
        assertThat(plugin(namespace, "import", "--status", "--from=" + imported).exitCode())
                .isEqualTo(1);
        plugin(namespace, "import", "--resume=" + imported, "--limit=2", "--wait", "--timeout=60s")
                .orThrow();
        assertThat(resumed(namespace)).isEqualTo(ROLES);
        assertFilesLead(namespace, imported);
        plugin(namespace, "import", "--status", "--from=" + imported).orThrow();
        roles.values().forEach(role -> {
            RoleSnapshot now = RoleSnapshot.of(env, role.name());
            assertThat(now).usingRecursiveComparison().ignoringFields("tags").isEqualTo(role.before());
            assertThat(now.tags())
                    .containsEntry(
                            "irsa.dev/resource",
                            namespace + "/" + role.resource().name());
            role.assertAnnotated();
        });
    }

    private void createRole(String namespace, String name) {
        String role = namespace + "-" + name;
        env.iam()
                .createRole(request -> request.roleName(role)
                        .assumeRolePolicyDocument(
                                ImportForm.document(TRUST, "system:serviceaccount:" + namespace + ":" + name)));
        env.kubectl().apply("""
                {apiVersion: v1, kind: ServiceAccount, metadata: {namespace: %s, name: %s,
                  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/%s"}}}
                """.formatted(namespace, name, role)).orThrow();
    }

    private long offered(Map<String, AdoptedRole> roles) {
        return roles.values().stream()
                .filter(role -> {
                    String offer = env.tags(role.name()).getOrDefault("irsa.dev/adoptable-by", "");
                    assertThat(offer)
                            .isIn(
                                    "",
                                    TestEnvironment.CLUSTER + "/"
                                            + role.resource().namespace() + "/"
                                            + role.resource().name());
                    return !offer.isEmpty();
                })
                .count();
    }

    private long resumed(String namespace) {
        return env.field(namespace, "iamsa", "{range .items[*]}{.spec.suspend}{\"\\n\"}{end}")
                .lines()
                .filter(suspend -> !suspend.equals("true"))
                .count();
    }

    /** A resource is resumed in the cluster only if it is in its file. */
    private void assertFilesLead(String namespace, Path imported) throws IOException {
        for (int number = 0; number < ROLES; number++) {
            String name = "app-" + number;
            if (!env.field(namespace, "iamsa/" + name, "{.spec.suspend}").equals("true")) {
                assertThat(Files.readString(
                                imported.resolve("namespaces/" + namespace + "/iamserviceaccount-" + name + ".yaml")))
                        .contains("suspend: false");
            }
        }
    }

    private KubectlIrsa command() {
        return KubectlIrsa.of(env.controlPlane().kubeconfig(), env.proxy().uri());
    }

    private Command.Result plugin(String namespace, String... arguments) {
        return command().run(with(namespace, arguments));
    }

    private Process start(String namespace, String... arguments) throws IOException {
        String[] all = new String[arguments.length + 1];
        all[0] = "import";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command().start(folder.resolve("output"), with(namespace, all));
    }

    private static String[] with(String namespace, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "-n";
        all[arguments.length + 1] = namespace;
        return all;
    }

    /** With SIGKILL, so that the process can finish nothing. */
    private static void kill(Process process) throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor()).isEqualTo(128 + 9);
    }
}
