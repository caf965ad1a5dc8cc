package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.LocalRelease.ARCHITECTURE;
import static dev.irsa.integration.e2e.LocalRelease.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.docs.GuideRun;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Publishes a release to a registry on this machine, verifies it, and installs it from there. */
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
        assertThat(LocalRelease.failure(release.publish())).contains("was changed; run make release again");

        Files.writeString(release.file("SHA256SUMS"), changed);
        Files.writeString(release.file("image/index.json"), index + " ");
        assertThat(LocalRelease.failure(release.publish()))
                .contains("is another image already; a version is never replaced");
        assertThat(LocalRelease.failure(release.publish("another-tag")))
                .contains("image was changed; run make release again");
        release.assemble(VERSION).orThrow();
    }

    @Test
    void publishesARebuiltImageUnderAnotherTag() throws IOException {
        release.assemble(VERSION).orThrow();
        String tag = VERSION + "-202611281200";
        release.publish(tag).orThrow();
        String rebuilt = release.run(Tool.CRANE.path().toString(), "digest", registry.host() + "/irsa-operator:" + tag);
        assertThat(release.image()).endsWith("@" + rebuilt.strip());
        // A rebuild has no chart and no files, so nothing else is signed.
        assertThat(release.file("SHA256SUMS.sigstore.json")).doesNotExist();
    }

    /** The tag of the repository was moved after the release. */
    @Test
    void rebuildsOnlyTheCommitOfTheRelease() throws IOException {
        release.assemble(VERSION).orThrow();
        String crane = Tool.CRANE.path().toString();
        String repository = registry.host() + "/irsa-operator";
        String other = repository + ":other-commit";
        release.run(
                crane,
                "mutate",
                imageOfPlatform(),
                "--label=org.opencontainers.image.revision=" + "0".repeat(40),
                "--tag=" + other);
        release.run(crane, "index", "append", "--manifest=" + other, "--tag=" + repository + ":" + VERSION);
        try {
            assertThat(LocalRelease.failure(release.publish(VERSION + "-202611281300")))
                    .contains("but version " + VERSION + " from " + "0".repeat(40) + "; rebuild that commit");
        } finally {
            release.run(crane, "tag", release.image(), VERSION);
        }
    }

    /** An attacker with write access to the registry changes an image and attaches the original's signature. */
    @Test
    void rejectsAChangedImage() throws IOException {
        String crane = Tool.CRANE.path().toString();
        String repository = registry.host() + "/irsa-operator";
        release.run(crane, "mutate", imageOfPlatform(), "--entrypoint=sh", "--tag=" + repository + ":changed");
        String changed = release.run(crane, "digest", repository + ":changed").strip();
        assertThat(LocalRelease.failure(release.cosign("verify", repository + "@" + changed)))
                .contains("no signatures found");

        String original = release.image().substring(release.image().indexOf('@') + 1);
        release.run(crane, "copy", signatureOf(repository, original), signatureOf(repository, changed));
        assertThat(LocalRelease.failure(release.cosign("verify", repository + "@" + changed)))
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
                    .with("ACCOUNT", "111122223333")
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
                guide.run("kubectl apply -f entitlement.yaml");
                TestEnvironment.await().ignoreExceptions().untilAsserted(() -> {
                    assertThat(cluster.pods())
                            .hasSize(2)
                            .allSatisfy(pod -> assertThat(pod.getMetadata().getAnnotations())
                                    .containsKey("kubectl.kubernetes.io/restartedAt"));
                    cluster.leader();
                });
                assertThat(user.run("kubectl get deployment irsa-operator --namespace irsa-operator -o yaml"))
                        .contains(release.image(), "--cluster-name=production");
                assertThat(user.run("kubectl get iamentitlements -o name")).contains("/default");
                // As for an upgrade. The annotation stays.
                user.run("curl --silent \"$DOWNLOADS/install.yaml\" | sed 's/CLUSTER_NAME/production/'"
                        + " | kubectl apply --server-side -f -");
                assertThat(user.run("kubectl get serviceaccount irsa-operator --namespace irsa-operator -o yaml"))
                        .contains("eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/irsa-operator");

                guide.run("kubectl delete iamserviceaccounts --all");
                assertThat(user.run("kubectl get crd,clusterroles,clusterrolebindings,namespaces -o name"))
                        .doesNotContain("irsa");
            });
        }
    }
}
