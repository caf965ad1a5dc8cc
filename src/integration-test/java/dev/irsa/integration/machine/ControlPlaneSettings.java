package dev.irsa.integration.machine;

import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of a control plane.
 *
 * @param issuer of ServiceAccount tokens
 * @param users in addition to the administrator
 * @param apiServerFlags appended to the default flags, so that they take precedence
 * @param controllers in addition to the default ones
 */
public record ControlPlaneSettings(
        String issuer, List<User> users, List<String> apiServerFlags, List<String> controllers) {
    /** An issuer URL in the form that EKS uses. */
    public static final String EKS_ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

    public ControlPlaneSettings {
        users = List.copyOf(users);
        apiServerFlags = List.copyOf(apiServerFlags);
        controllers = List.copyOf(controllers);
    }

    /** Returns the settings of EKS, with the administrator as the only user. */
    public static ControlPlaneSettings likeEks() {
        return new ControlPlaneSettings(EKS_ISSUER, List.of(), List.of(), List.of());
    }

    /** Replaces the issuer. */
    public ControlPlaneSettings withIssuer(String other) {
        return new ControlPlaneSettings(other, users, apiServerFlags, controllers);
    }

    /** Adds a user. The token is the name. */
    public ControlPlaneSettings withUser(String name, String... groups) {
        return new ControlPlaneSettings(
                issuer, plus(users, new User(name, List.of(groups))), apiServerFlags, controllers);
    }

    /** Adds a flag of kube-apiserver, such as {@code --v=4}. */
    public ControlPlaneSettings withApiServerFlag(String flag) {
        return new ControlPlaneSettings(issuer, users, plus(apiServerFlags, flag), controllers);
    }

    /** Adds a controller, such as {@code deployment-controller}. */
    public ControlPlaneSettings withController(String name) {
        return new ControlPlaneSettings(issuer, users, apiServerFlags, plus(controllers, name));
    }

    private static <T> List<T> plus(List<T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }

    /**
     * A user who logs in with a token.
     *
     * @param name also the token
     * @param groups such as system:masters
     */
    public record User(String name, List<String> groups) {
        public User {
            groups = List.copyOf(groups);
        }

        /** Returns the line for the file of {@code --token-auth-file}. */
        String line() {
            return "%s,%s,%s,\"%s\"\n".formatted(name, name, name, String.join(",", groups));
        }
    }
}
