package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.LocalRelease.ARCHITECTURE;
import static dev.irsa.integration.e2e.LocalRelease.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.LocalRegistry;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Makes a release, publishes it to a registry on this machine, and installs it from there. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseIT {
    private LocalRegistry registry;
    private LocalRelease release;

    @BeforeAll
    void publish(@TempDir Path work) throws IOException, GeneralSecurityException {
        registry = LocalRegistry.start(Files.createDirectory(work.resolve("registry")));
        release = LocalRelease.of(registry, work);
        release.assemble(VERSION).orThrow();
        release.publish().orThrow();
    }

    @AfterAll
    void stop() {
        registry.close();
    }

    @Test
    void pinsTheImageInTheChartAndTheManifests() throws IOException {
        assertThat(release.image()).matches(registry.host() + "/irsa-operator@sha256:[0-9a-f]{64}");
        String chart = release.run(
                Tool.HELM.path().toString(),
                "template",
                "irsa-operator",
                release.file("irsa-operator-" + VERSION + ".tgz").toString(),
                "--set=clusterName=production");
        assertThat(chart).contains("image: \"" + release.image() + "\"", "app.kubernetes.io/version: \"" + VERSION);
        assertThat(Files.readString(release.file("install.yaml")))
                .contains("image: \"" + release.image() + "\"", "--cluster-name=CLUSTER_NAME")
                .doesNotContain("IMAGE");
    }

    @Test
    void listsEachLibrary() throws IOException {
        List<String> libraries;
        try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
            libraries =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(components("irsa-operator-" + VERSION + ".cdx.json")).containsExactlyInAnyOrderElementsOf(libraries);
        assertThat(components("irsa-operator-" + VERSION + "-image-linux-" + ARCHITECTURE + ".cdx.json"))
                .containsAll(libraries);
        assertThat(Files.readString(release.file("THIRD-PARTY.txt"))).contains("io.javaoperatorsdk:operator-framework");
    }

    /** Returns the names of the jars that a list of components describes. */
    private List<String> components(String file) throws IOException {
        List<String> jars = new ArrayList<>();
        JsonNode list = new ObjectMapper().readTree(release.file(file).toFile());
        for (JsonNode component : list.path("components")) {
            jars.add(component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar");
        }
        return jars;
    }

    @Test
    void describesTheReleaseAndItsFiles() throws IOException {
        assertThat(Files.readString(release.file("release-notes.md")))
                .isEqualTo(release.run("src/main/scripts/release-notes", VERSION));
        assertThat(Files.readString(release.file("irsa.yaml")))
                .contains(
                        "uri: https://example.com/irsa/kubectl-irsa-" + VERSION + "-linux-" + ARCHITECTURE + ".tar.gz");
        assertThat(release.runIn(release.file(""), "sha256sum", "--check", "--strict", "SHA256SUMS"))
                .contains("install.yaml: OK", "irsa-operator-" + VERSION + ".tgz: OK");
    }

    @Test
    void makesTheSameFilesFromTheSameParts() throws IOException {
        release.assemble(VERSION).orThrow();
        Map<String, Integer> before = files();
        release.assemble(VERSION).orThrow();
        assertThat(files()).isEqualTo(before);
    }

    private Map<String, Integer> files() throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(release.file(""))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @Test
    void rejectsAnotherVersionThanThatOfTheParts() {
        assertThat(failure(release.assemble("0.0.0-SNAPSHOT"))).contains("has no kubectl-irsa-0.0.0-SNAPSHOT-*.tar.gz");
        assertThat(failure(release.assemble("9.9.9")))
                .contains("CHANGELOG.md has no changes below the heading \"## [9.9.9]\"; add them");
        assertThat(failure(release.assemble("latest")))
                .contains("VERSION is latest; it must be like 1.2.3 or 1.2.3-rc.1");
    }

    @Test
    void rejectsPartsOfAnotherCommit() throws IOException {
        String commit = Files.readString(release.commitOfPlugin());
        Files.writeString(release.commitOfPlugin(), "0".repeat(40));
        assertThat(failure(release.assemble(VERSION))).contains("was not built from " + commit.strip());
        Files.writeString(release.commitOfPlugin(), commit);
    }

    /** Publishing again after an interruption signs once more and changes nothing else. */
    @Test
    void signsEverything() throws IOException {
        release.assemble(VERSION).orThrow();
        release.publish().orThrow();
        release.cosign("verify", release.image()).orThrow();
        release.cosign("verify-attestation", "--type=cyclonedx", release.image())
                .orThrow();
        release.cosign("verify-attestation", "--type=cyclonedx", imageOfPlatform())
                .orThrow();
        release.cosign("verify", registry.host() + "/charts/irsa-operator:" + VERSION)
                .orThrow();
        release.cosign(
                        "verify-blob",
                        "--bundle=" + release.file("SHA256SUMS.sigstore.json"),
                        release.file("SHA256SUMS").toString())
                .orThrow();
    }

    private String imageOfPlatform() throws IOException {
        return registry.host() + "/irsa-operator@"
                + release.run(
                                Tool.CRANE.path().toString(),
                                "digest",
                                "--platform=linux/" + ARCHITECTURE,
                                release.image())
                        .strip();
    }

    @Test
    void neverReplacesAVersion() throws IOException {
        release.assemble(VERSION).orThrow();
        String index = Files.readString(release.file("image/index.json"));
        String changed = Files.readString(release.file("SHA256SUMS"));
        Files.writeString(release.file("SHA256SUMS"), changed.replaceAll("(?m)^[0-9a-f]{64}", "0".repeat(64)));
        assertThat(failure(release.publish())).contains("was changed; run make release again");

        Files.writeString(release.file("SHA256SUMS"), changed);
        Files.writeString(release.file("image/index.json"), index + " ");
        assertThat(failure(release.publish())).contains("is another image already; a version is never replaced");
        assertThat(failure(release.publish("another-tag"))).contains("image was changed; run make release again");
        release.assemble(VERSION).orThrow();
    }

    @Test
    void publishesARebuiltImageUnderAnotherTag() throws IOException {
        release.assemble(VERSION).orThrow();
        String tag = VERSION + "-202611281200";
        release.publish(tag).orThrow();
        String rebuilt = release.run(Tool.CRANE.path().toString(), "digest", registry.host() + "/irsa-operator:" + tag);
        assertThat(release.image()).endsWith("@" + rebuilt.strip());
        assertThat(release.run(Tool.CRANE.path().toString(), "ls", registry.host() + "/charts/irsa-operator"))
                .doesNotContain(tag);
    }

    /** Somebody with write access to the registry changes an image and attaches the signature of the original to it. */
    @Test
    void rejectsAChangedImage() throws IOException {
        String crane = Tool.CRANE.path().toString();
        String repository = registry.host() + "/irsa-operator";
        release.run(crane, "mutate", imageOfPlatform(), "--entrypoint=sh", "--tag=" + repository + ":changed");
        String changed = release.run(crane, "digest", repository + ":changed").strip();
        assertThat(failure(release.cosign("verify", repository + "@" + changed)))
                .contains("no signatures found");

        String original = release.image().substring(release.image().indexOf('@') + 1);
        release.run(crane, "copy", signatureOf(repository, original), signatureOf(repository, changed));
        assertThat(failure(release.cosign("verify", repository + "@" + changed)))
                .contains("artifact digest does not match");
    }

    /** Returns where cosign keeps the signatures of an image, in a registry that does not list referrers. */
    private static String signatureOf(String repository, String digest) {
        return repository + ":" + digest.replace(':', '-');
    }

    @Test
    void installsFromTheRegistry(Moto moto, FaultProxy proxy, @TempDir Path work) throws Exception {
        try (HelmCluster cluster = HelmCluster.start(moto, proxy)) {
            Shell shell = Shell.in(work, cluster.env().controlPlane().kubeconfig());
            for (var variable : release.environment().entrySet()) {
                shell = shell.with(variable.getKey(), variable.getValue());
            }
            Shell user = shell.with(
                            "PATH",
                            Tool.HELM.path().getParent() + ":"
                                    + shell.environment().get("PATH"))
                    .with("REGISTRY", registry.host())
                    .with("VERSION", VERSION)
                    .with("DOWNLOADS", "file://" + release.file("").toAbsolutePath());
            GuideRun.of(ReleaseIT.class, user, guide -> {
                guide.run("helm install irsa-operator \"oci://");
                TestEnvironment.await().untilAsserted(cluster::leader);
                assertThat(cluster.pods())
                        .isNotEmpty()
                        .allSatisfy(pod -> assertThat(
                                        pod.getSpec().getContainers().getFirst().getImage())
                                .isEqualTo(release.image()));

                user.run("helm uninstall irsa-operator --namespace irsa-operator --wait");
                user.run("kubectl delete crd --selector=app.kubernetes.io/name=irsa-operator");
                guide.run("curl");
                guide.run("kubectl annotate");
                TestEnvironment.await().ignoreExceptions().untilAsserted(cluster::leader);
                assertThat(user.run("kubectl get deployment irsa-operator --namespace irsa-operator -o yaml"))
                        .contains(release.image(), "--cluster-name=production");
            });
        }
    }

    private static String failure(Command.Result result) {
        assertThat(result.exitCode()).as(result.toString()).isNotZero();
        return result.stderr();
    }
}
