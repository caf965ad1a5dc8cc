package dev.irsa.integration.pod;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes a pod at its creation as the EKS pod identity webhook does. Based on the README of
 * amazon-eks-pod-identity-webhook, and on its cache.go for limits and spellings of values.
 *
 * <p>The real webhook silently ignores values that it cannot parse. Here they are an error, so that tests fail.
 *
 * @param region the flag {@code --aws-default-region}
 * @param regionalSts the flag {@code --sts-regional-endpoint}, which is true on EKS and false by default
 */
public record PodIdentityWebhook(String region, boolean regionalSts) {
    /** The name of the volume with the token. */
    public static final String VOLUME = "aws-iam-token";
    /** The variable with the path of the token file. */
    public static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";

    private static final String MOUNT_PATH = "/var/run/secrets/eks.amazonaws.com/serviceaccount";
    private static final long LONGEST = 86_400;
    /** The webhook raises shorter lifetimes to an hour. */
    private static final long SHORTEST = 3_600;

    /** Returns the webhook as configured on EKS. */
    public static PodIdentityWebhook ofEks(String region) {
        return new PodIdentityWebhook(region, true);
    }

    /** Returns a pod with one container as changed for a ServiceAccount with these annotations. */
    public Pod admit(Pod pod, Map<String, String> annotations) {
        String role = annotations.get("eks.amazonaws.com/role-arn");
        if (role == null) {
            return pod;
        }
        List<EnvVar> environment = environment(role, annotations);
        return new PodBuilder(pod)
                .editSpec()
                .addToVolumes(volume(annotations))
                .editFirstContainer()
                .addAllToEnv(environment)
                .addNewVolumeMount()
                .withName(VOLUME)
                .withMountPath(MOUNT_PATH)
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    private List<EnvVar> environment(String role, Map<String, String> annotations) {
        List<EnvVar> environment = new ArrayList<>();
        if (regional(annotations)) {
            environment.add(variable("AWS_STS_REGIONAL_ENDPOINTS", "regional"));
        }
        environment.add(variable("AWS_DEFAULT_REGION", region));
        environment.add(variable("AWS_REGION", region));
        environment.add(variable("AWS_ROLE_ARN", role));
        environment.add(variable(TOKEN_FILE, MOUNT_PATH + "/token"));
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

    private static Volume volume(Map<String, String> annotations) {
        String expiration = annotations.getOrDefault("eks.amazonaws.com/token-expiration", Long.toString(LONGEST));
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(annotations.getOrDefault("eks.amazonaws.com/audience", "sts.amazonaws.com"))
                .withExpirationSeconds(Math.max(SHORTEST, Long.parseLong(expiration)))
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
