package dev.irsa.core.observed;

import dev.irsa.core.collection.Sorted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A pod, as far as it matters for its AWS credentials. It holds no secret: of most environment variables only the names are kept.
 *
 * @param node the node that it runs on; empty while it is not scheduled
 * @param createdAt when the API server accepted it, which is when the webhook changed it
 * @param active whether it has not finished and is not being deleted
 * @param skippedContainers the containers that its annotation excludes from the webhook
 * @param token its projected token volume for AWS; empty if it has none
 * @param containers the init containers are last
 */
public record ObservedPod(
        String namespace,
        String name,
        String serviceAccount,
        Optional<String> node,
        Instant createdAt,
        boolean active,
        boolean hostNetwork,
        SortedMap<String, String> labels,
        SortedSet<String> skippedContainers,
        Optional<TokenVolume> token,
        FileAccess fileAccess,
        List<Container> containers) {
    /** The label of the pods that run on Fargate. Source: "AWS Fargate profile" of the Amazon EKS user guide. */
    public static final String FARGATE_PROFILE = "eks.amazonaws.com/fargate-profile";

    public ObservedPod {
        labels = Sorted.copyOf(labels);
        skippedContainers = Sorted.copyOf(skippedContainers);
        containers = List.copyOf(containers);
    }

    /** Returns whether it runs on Fargate, where the EKS Pod Identity Agent does not run. */
    public boolean runsOnFargate() {
        return labels.containsKey(FARGATE_PROFILE);
    }

    /**
     * A volume with a ServiceAccount token for AWS.
     *
     * @param audience of the token
     * @param injected whether its name is the one that the webhook uses
     */
    public record TokenVolume(String audience, boolean injected) {}

    /**
     * The settings that decide whether a container can read the token.
     *
     * @param runAsNonRoot whether a container runs with a user other than root
     * @param fsGroup whether the pod has a file system group
     */
    public record FileAccess(boolean runAsNonRoot, boolean fsGroup) {}

    /**
     * A container, or an init container.
     *
     * @param environment the values of the variables that say where credentials come from, and no others
     * @param names the names of all variables that the pod sets for it, with or without a value in the pod
     * @param sources the ConfigMaps and Secrets whose keys all become variables, as {@code configmap/name} and {@code secret/name}
     */
    public record Container(
            String name, SortedMap<String, String> environment, SortedSet<String> names, SortedSet<String> sources) {
        public Container {
            environment = Sorted.copyOf(environment);
            names = Sorted.copyOf(names);
            sources = Sorted.copyOf(sources);
        }
    }
}
