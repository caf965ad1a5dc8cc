package dev.irsa.integration.pod;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that the webhook watches with {@code --watch-container-credentials-config}. On EKS, AWS writes it from the
 * associations of the cluster. Based on pkg/containercredentials of amazon-eks-pod-identity-webhook.
 *
 * @param identities the ServiceAccounts whose pods get EKS Pod Identity
 */
public record ContainerCredentialsConfig(List<Identity> identities) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A ServiceAccount. */
    public record Identity(String namespace, String serviceAccount) {}

    /** Copies the list. */
    public ContainerCredentialsConfig {
        identities = List.copyOf(identities);
    }

    /** Reads the file. A missing or empty file names no ServiceAccount. */
    static ContainerCredentialsConfig read(Path file) {
        try {
            return Files.notExists(file) || Files.size(file) == 0
                    ? new ContainerCredentialsConfig(List.of())
                    : JSON.readValue(file.toFile(), ContainerCredentialsConfig.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes the file. */
    public void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Returns whether it names the ServiceAccount of a pod. */
    boolean names(Pod pod) {
        return identities.contains(
                new Identity(pod.getMetadata().getNamespace(), pod.getSpec().getServiceAccountName()));
    }
}
