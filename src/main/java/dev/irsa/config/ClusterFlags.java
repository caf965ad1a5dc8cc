package dev.irsa.config;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.Issuer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Declares and reads the flags that the commands run and policy have in common. */
final class ClusterFlags {
    private static final String CLUSTER = "<cluster-name>";
    private static final String DEFAULT_ROLE_PATH = "/irsa/" + CLUSTER + "/";

    private static final String CHECK = "Check";
    private static final String CREATE = "Create";

    private static final String PATH = "(?=.{1,512}$)/(?:[A-Za-z0-9+=,.@_-]+/)*";
    private static final String PATH_RULE =
            "it must start and end with a slash, such as /irsa/production/, and have at most 512 characters";

    /** A name that begins with {@code *} could be any role of the path. */
    private static final String ROLE_PATTERN = PATH + "(?=.{1,64}$)[A-Za-z0-9+=.@_-][A-Za-z0-9+=.@_*-]*";

    private static final String ROLE_PATTERN_RULE =
            "it must be a path that starts and ends with a slash, and the name of a role, such as /eksctl-prod-*;"
                    + " * is allowed only after the first character of the name";

    static final Flag CLUSTER_NAME = Flag.of("--cluster-name", "NAME")
            .help("Name of this cluster, part of the names and tags of its roles. Never change it. Required")
            .setting(
                    "Name of the cluster",
                    published -> List.of(published.identity().name()));

    static final Flag REGION = Flag.of("--region", "REGION")
            .help("AWS region. Default for run: from the default chain of the AWS SDK (AWS_REGION, profile, instance)."
                    + " policy needs it only with --pod-identity or --trust=pod-identity");

    static final Flag OIDC_ISSUER = Flag.of("--oidc-issuer", "URL")
            .help("Issuer of the cluster's ServiceAccount tokens, without a port. Default for run: discovered from the"
                    + " API server. Default for policy: none");

    static final Flag OIDC_PROVIDER = Flag.of("--oidc-provider", CHECK + "|" + CREATE)
            .orElse(CHECK)
            .help("Create: create the issuer's IAM OIDC provider if it is missing, and add missing audiences."
                    + " Check: report how to create it. Default: ${DEFAULT-VALUE}");

    static final Flag ROLE_PATH = Flag.of("--role-path", "PATH")
            .help("IAM path of all roles. Default: " + DEFAULT_ROLE_PATH)
            .setting(
                    "IAM path of all roles",
                    published -> List.of(published.identity().rolePath()));

    static final Flag ADOPTION_PATH = Flag.of("--adoption-path", "PATH")
            .repeatable()
            .help("IAM path, in addition to --role-path, under which the operator may adopt roles. Repeatable."
                    + " Default: none")
            .setting(
                    "IAM path under which the operator may adopt roles",
                    published -> published.identity().adoption().paths());

    static final Flag ADOPTION_ROLE = Flag.of("--adoption-role", "PATTERN")
            .repeatable()
            .help("Path and name of roles elsewhere that the operator may adopt, such as /eksctl-prod-*. In the name, *"
                    + " matches any characters. Repeatable. Default: none")
            .setting(
                    "Path and name, in which * matches any characters, of roles that the operator may adopt",
                    published -> published.identity().adoption().roleTexts());

    private ClusterFlags() {}

    static String clusterName(FlagReader flags) {
        return flags.matching(
                CLUSTER_NAME,
                "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                "use the name of this cluster, at most 100 letters, digits, '.', '_' and '-'");
    }

    static Optional<String> region(FlagReader flags) {
        return flags.givenMatching(
                REGION, "[a-z0-9]+(?:-[a-z0-9]+)+", "it must be the name of an AWS region, such as eu-west-1");
    }

    static Optional<String> issuer(FlagReader flags) {
        Optional<String> issuer = flags.given(OIDC_ISSUER);
        issuer.flatMap(Issuer::unusable).ifPresent(why -> flags.problem(OIDC_ISSUER, issuer.orElseThrow(), why));
        return issuer;
    }

    /** Returns whether the operator creates the OIDC provider of the issuer in IAM. */
    static boolean createsProvider(FlagReader flags) {
        return flags.choice(OIDC_PROVIDER, List.of(CHECK, CREATE)).equals(CREATE);
    }

    static String rolePath(String clusterName, FlagReader flags) {
        String path = flags.textOr(ROLE_PATH, DEFAULT_ROLE_PATH.replace(CLUSTER, clusterName));
        return flags.matching(ROLE_PATH, path, PATH, PATH_RULE);
    }

    static AdoptionScope adoption(FlagReader flags) {
        Set<String> paths = flags.valuesMatching(ADOPTION_PATH, PATH, PATH_RULE);
        return AdoptionScope.of(paths, flags.valuesMatching(ADOPTION_ROLE, ROLE_PATTERN, ROLE_PATTERN_RULE));
    }
}
