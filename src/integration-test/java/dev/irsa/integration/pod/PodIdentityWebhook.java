package dev.irsa.integration.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes a pod at its creation as the EKS pod identity webhook does. Based on the README of
 * amazon-eks-pod-identity-webhook, on its cache.go for limits and spellings of values, and on its main.go and handler.go
 * for EKS Pod Identity.
 *
 * <p>The real webhook silently ignores values that it cannot parse. Here they are an error, so that tests fail.
 *
 * @param region the flag {@code --aws-default-region}
 * @param regionalSts the flag {@code --sts-regional-endpoint}, which is true on EKS and false by default
 * @param containerCredentials the flag {@code --watch-container-credentials-config}
 */
public record PodIdentityWebhook(String region, boolean regionalSts, Optional<Path> containerCredentials) {
    /** The name of the volume with the token. */
    public static final String VOLUME = "aws-iam-token";
    /** The variable with the path of the token file. */
    public static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";

    private static final Token IRSA =
            new Token(VOLUME, "/var/run/secrets/eks.amazonaws.com/serviceaccount", "token", "sts.amazonaws.com");
    private static final Token POD_IDENTITY = new Token(
            "eks-pod-identity-token",
            "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount",
            "eks-pod-identity-token",
            "pods.eks.amazonaws.com");
    private static final long LONGEST = 86_400;
    /** The webhook raises shorter lifetimes to an hour. */
    private static final long SHORTEST = 3_600;

    private record Token(String volume, String mountPath, String file, String audience) {
        Token withAudience(String other) {
            return new Token(volume, mountPath, file, other);
        }

        String path() {
            return mountPath + "/" + file;
        }
    }

    /** Returns the webhook as configured on EKS, in a cluster without associations. */
    public static PodIdentityWebhook ofEks(String region) {
        return new PodIdentityWebhook(region, true, Optional.empty());
    }

    /** Watches a {@link ContainerCredentialsConfig}. */
    public PodIdentityWebhook watching(Path file) {
        return new PodIdentityWebhook(region, regionalSts, Optional.of(file));
    }

    /**
     * Returns a pod as changed for a ServiceAccount with these annotations. EKS Pod Identity takes precedence over the
     * annotation of the role.
     */
    public Pod admit(Pod pod, Map<String, String> annotations) {
        if (containerCredentials
                .filter(file -> ContainerCredentialsConfig.read(file).names(pod))
                .isPresent()) {
            // Source: pkg/handler/handler.go of amazon-eks-pod-identity-webhook 0.6.17.
            return new PodBuilder(inject(
                            POD_IDENTITY,
                            pod,
                            annotations,
                            List.of(
                                    variable(
                                            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                            "http://169.254.170.23/v1/credentials"),
                                    variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", POD_IDENTITY.path()))))
                    .editMetadata()
                    .addToLabels("eks.amazonaws.com/pod-identity", "enabled")
                    .endMetadata()
                    .build();
        }
        String role = annotations.get("eks.amazonaws.com/role-arn");
        if (role == null) {
            return pod;
        }
        Token token = IRSA.withAudience(annotations.getOrDefault("eks.amazonaws.com/audience", IRSA.audience()));
        return inject(
                token, pod, annotations, List.of(variable("AWS_ROLE_ARN", role), variable(TOKEN_FILE, token.path())));
    }

    private Pod inject(Token token, Pod pod, Map<String, String> annotations, List<EnvVar> credentials) {
        Set<String> skipped = skipped(pod);
        UnaryOperator<Container> changed = container -> skipped.contains(container.getName())
                ? container
                : inject(token, container, environment(annotations), credentials);
        return new PodBuilder(pod)
                .editSpec()
                .addToVolumes(volume(token, annotations))
                .withContainers(
                        pod.getSpec().getContainers().stream().map(changed).toList())
                .withInitContainers(
                        pod.getSpec().getInitContainers().stream().map(changed).toList())
                .endSpec()
                .build();
    }

    /** Adds the credentials only if the container sets none of their variables. */
    private static Container inject(
            Token token, Container container, List<EnvVar> environment, List<EnvVar> credentials) {
        Set<String> own = container.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
        boolean conflict = credentials.stream().anyMatch(variable -> own.contains(variable.getName()));
        return new ContainerBuilder(container)
                .addAllToEnv(environment.stream()
                        .filter(variable -> !own.contains(variable.getName()))
                        .toList())
                .addAllToEnv(conflict ? List.of() : credentials)
                .addNewVolumeMount()
                .withName(token.volume())
                .withMountPath(token.mountPath())
                .withReadOnly(true)
                .endVolumeMount()
                .build();
    }

    private static Set<String> skipped(Pod pod) {
        return Optional.ofNullable(pod.getMetadata())
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get("eks.amazonaws.com/skip-containers"))
                .map(names -> Set.of(names.split(",")))
                .orElse(Set.of());
    }

    private List<EnvVar> environment(Map<String, String> annotations) {
        List<EnvVar> environment = new ArrayList<>();
        if (regional(annotations)) {
            environment.add(variable("AWS_STS_REGIONAL_ENDPOINTS", "regional"));
        }
        environment.add(variable("AWS_DEFAULT_REGION", region));
        environment.add(variable("AWS_REGION", region));
        return environment;
    }

    private boolean regional(Map<String, String> annotations) {
        String said = annotations.get("eks.amazonaws.com/sts-regional-endpoints");
        if (said == null) {
            return regionalSts;
        }
        return switch (said) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false: " + said);
        };
    }

    private static Volume volume(Token token, Map<String, String> annotations) {
        String expiration = annotations.getOrDefault("eks.amazonaws.com/token-expiration", Long.toString(LONGEST));
        return new VolumeBuilder()
                .withName(token.volume())
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(token.audience())
                .withExpirationSeconds(Math.max(SHORTEST, Long.parseLong(expiration)))
                .withPath(token.file())
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
