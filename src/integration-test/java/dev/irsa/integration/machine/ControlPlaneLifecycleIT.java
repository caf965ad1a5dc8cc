package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests how a control plane starts and stops. */
class ControlPlaneLifecycleIT {
    @Test
    void keepsDataAcrossRestartsAndCleansUp() throws IOException {
        var other = "https://oidc.eks.us-east-1.amazonaws.com/id/OTHER";
        var settings = ControlPlaneSettings.likeEks()
                .withIssuer(other)
                .withUser("reader", "readers")
                .withApiServerFlag("--v=1");
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("kept")
                .endMetadata()
                .build();
        var controlPlane = ControlPlane.start(settings);
        var folder = controlPlane.folder();
        try (controlPlane) {
            assertThat(controlPlane.client().raw("/.well-known/openid-configuration"))
                    .contains(other);
            assertThat(new Kubectl(controlPlane.kubeconfig("reader", "reader"))
                            .get("auth", "whoami", "-o=jsonpath={.status.userInfo.groups[0]}"))
                    .isEqualTo("readers");
            var before = controlPlane.client().resource(map).create();

            controlPlane.stopApiServer();
            assertThatThrownBy(() -> controlPlane.client().raw("/readyz"))
                    .isInstanceOf(KubernetesClientException.class);
            controlPlane.startApiServer();

            assertThat(controlPlane.client().resource(map).get().getMetadata().getUid())
                    .isEqualTo(before.getMetadata().getUid());
            assertThat(processesOf(folder)).isEqualTo(3);
        }
        assertThat(processesOf(folder)).isZero();
        assertThat(folder.resolve("etcd")).doesNotExist();
        assertThat(folder.resolve("kube-apiserver-2.log")).isNotEmptyFile();
    }

    @Test
    void reportsStartFailure() {
        var wrong = ControlPlaneSettings.likeEks().withApiServerFlag("--no-such-flag");

        assertThatThrownBy(() -> ControlPlane.start(wrong)).hasMessageContaining("unknown flag: --no-such-flag");
    }

    /** Counts the processes with the folder in their command line. */
    private static long processesOf(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(folder.toString()))
                .count();
    }

    /** Reads /proc, because {@link ProcessHandle.Info} truncates long command lines. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }
}
