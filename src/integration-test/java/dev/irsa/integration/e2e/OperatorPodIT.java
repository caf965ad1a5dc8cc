package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests the pod of deploy/deployment.yaml with the pod security admission of a real API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorPodIT {
    private ControlPlane controlPlane;
    private Kubectl kubectl;

    @BeforeAll
    void start() {
        controlPlane = ControlPlane.start();
        kubectl = new Kubectl(controlPlane.kubeconfig());
        kubectl.get("apply", "-f", "deploy/rbac.yaml");
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void isAdmittedToRestrictedNamespace() throws IOException {
        create(pod()).orThrow();
    }

    @Test
    void isRejectedAsRoot() throws IOException {
        Pod asRoot = new PodBuilder(pod())
                .editSpec()
                .editSecurityContext()
                .withRunAsNonRoot(false)
                .endSecurityContext()
                .endSpec()
                .build();

        assertThat(create(asRoot).stderr()).contains("violates PodSecurity", "runAsNonRoot");
    }

    @Test
    void mountsOnlyEmptyDirsAndReadsNoSecrets() throws IOException {
        assertThat(pod().getSpec().getVolumes())
                .allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
        assertThat(pod().getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getEnvFrom()).isEmpty();
            assertThat(container.getEnv())
                    .allSatisfy(variable -> assertThat(variable.getValueFrom()).satisfies(source -> {
                        assertThat(source.getSecretKeyRef()).isNull();
                        assertThat(source.getConfigMapKeyRef()).isNull();
                    }))
                    .extracting(EnvVar::getName)
                    .containsExactly("AWS_ROLE_SESSION_NAME");
        });
    }

    /** Returns the pod that the Deployment controller would create. */
    private static Pod pod() throws IOException {
        String yaml = Files.readString(Path.of("deploy", "deployment.yaml"));
        Deployment deployment = Serialization.unmarshal(yaml, Deployment.class);
        var template = deployment.getSpec().getTemplate();
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .editMetadata()
                .withName("irsa-operator")
                .withNamespace(deployment.getMetadata().getNamespace())
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private Command.Result create(Pod pod) {
        return kubectl.run(Serialization.asYaml(pod), List.of("create", "--dry-run=server", "--filename=-"));
    }
}
