package dev.irsa.config;

import dev.irsa.config.OperatorConfig.OidcProvider;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.Issuer;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Parses and validates the flags that the commands run and policy have in common. */
final class ClusterOptionsParser {
    private static final String PATH = "(?=.{1,512}$)/(?:[A-Za-z0-9+=,.@_-]+/)*";
    private static final String PATH_RULE =
            "it must start and end with a slash, such as /irsa/production/, and have at most 512 characters";

    /** A name that begins with {@code *} could be any role of the path. */
    private static final String ROLE_PATTERN = PATH + "(?=.{1,64}$)[A-Za-z0-9+=.@_-][A-Za-z0-9+=.@_*-]*";

    private static final String ROLE_PATTERN_RULE =
            "it must be a path that starts and ends with a slash, and the name of a role, such as /eksctl-prod-*;"
                    + " * is allowed only after the first character of the name";

    private ClusterOptionsParser() {}

    static String clusterName(ClusterOptions options, ConfigReader reading) {
        return reading.matching(
                "--cluster-name",
                options.clusterName,
                "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                "use the name of this cluster, at most 100 letters, digits, '.', '_' and '-'");
    }

    static String rolePath(ClusterOptions options, String clusterName, ConfigReader reading) {
        return reading.matching(
                "--role-path",
                Objects.requireNonNullElseGet(options.rolePath, () -> ClusterOptions.defaultRolePath(clusterName)),
                PATH,
                PATH_RULE);
    }

    static AdoptionScope adoption(ClusterOptions options, ConfigReader reading) {
        Set<String> paths = ConfigReader.values(options.adoptionPaths);
        paths.forEach(path -> reading.matching("--adoption-path", path, PATH, PATH_RULE));
        Set<String> roles = ConfigReader.values(options.adoptionRoles);
        roles.forEach(role -> reading.matching("--adoption-role", role, ROLE_PATTERN, ROLE_PATTERN_RULE));
        return AdoptionScope.of(paths, roles);
    }

    static OidcProvider oidcProvider(ClusterOptions options, ConfigReader reading) {
        return reading.choice("--oidc-provider", options.oidcProvider, OidcProvider.class);
    }

    static Optional<String> region(ClusterOptions options, ConfigReader reading) {
        Optional<String> region = ConfigReader.given(options.region);
        region.ifPresent(name -> reading.matching(
                "--region",
                name,
                "[a-z0-9]+(?:-[a-z0-9]+)+",
                "it must be the name of an AWS region, such as eu-west-1"));
        return region;
    }

    static Optional<String> issuer(ClusterOptions options, ConfigReader reading) {
        Optional<String> issuer = ConfigReader.given(options.oidcIssuer);
        issuer.flatMap(Issuer::unusable).ifPresent(why -> reading.problem("--oidc-issuer", issuer.orElseThrow(), why));
        return issuer;
    }
}
