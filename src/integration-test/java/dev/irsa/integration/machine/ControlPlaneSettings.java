package dev.irsa.integration.machine;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a control plane may be started with.
 *
 * @param issuer of ServiceAccount tokens
 * @param users beside the administrator
 * @param apiServerFlags added to the others, so that they win
 * @param controllers beside those that every test has
 */
public record ControlPlaneSettings(
        String issuer, List<User> users, List<String> apiServerFlags, List<String> controllers) {
    /** An issuer of the form that EKS gives. */
    public static final String EKS_ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

    public ControlPlaneSettings {
        users = List.copyOf(users);
        apiServerFlags = List.copyOf(apiServerFlags);
        controllers = List.copyOf(controllers);
    }

    /** As EKS would do it, with nobody but the administrator. */
    public static ControlPlaneSettings likeEks() {
        return new ControlPlaneSettings(EKS_ISSUER, List.of(), List.of(), List.of());
    }

    /** Another issuer. */
    public ControlPlaneSettings withIssuer(String other) {
        return new ControlPlaneSettings(other, users, apiServerFlags, controllers);
    }

    /** One more user; the token is the name. */
    public ControlPlaneSettings withUser(String name, String... groups) {
        return new ControlPlaneSettings(
                issuer, plus(users, new User(name, List.of(groups))), apiServerFlags, controllers);
    }

    /** One more flag of kube-apiserver, such as {@code --v=4}. */
    public ControlPlaneSettings withApiServerFlag(String flag) {
        return new ControlPlaneSettings(issuer, users, plus(apiServerFlags, flag), controllers);
    }

    /** One more controller, such as {@code deployment-controller}. */
    public ControlPlaneSettings withController(String name) {
        return new ControlPlaneSettings(issuer, users, apiServerFlags, plus(controllers, name));
    }

    private static <T> List<T> plus(List<T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }

    /**
     * Somebody who may log in with a token.
     *
     * @param name also the token
     * @param groups such as system:masters
     */
    public record User(String name, List<String> groups) {
        public User {
            groups = List.copyOf(groups);
        }

        /** A line of the file that {@code --token-auth-file} names. */
        String line() {
            return "%s,%s,%s,\"%s\"\n".formatted(name, name, name, String.join(",", groups));
        }
    }
}
