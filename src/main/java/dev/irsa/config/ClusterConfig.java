package dev.irsa.config;

import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cluster and the tokens of its ServiceAccounts.
 *
 * @param name part of the names and tags of all roles
 * @param oidcIssuer empty: discovered
 * @param createsProvider whether the operator creates the issuer's OIDC provider in IAM, and adds missing audiences;
 *     otherwise, the status of the resources says how to do that
 * @param audiences that resources may use and that the operator may add to the provider
 * @param previous the previous identities of this cluster
 */
public record ClusterConfig(
        String name,
        Optional<String> oidcIssuer,
        boolean createsProvider,
        Set<String> audiences,
        PreviousClusters previous) {
    private static final String CHECK = "Check";
    private static final String CREATE = "Create";

    static final Flag CLUSTER_NAME = Flag.of("--cluster-name", "NAME")
            .help("Name of this cluster, part of the names and tags of its roles. Never change it. Required")
            .setting(
                    "Name of the cluster",
                    published -> List.of(published.identity().name()));

    static final Flag OIDC_ISSUER = Flag.of("--oidc-issuer", "URL")
            .help("Issuer of the cluster's ServiceAccount tokens, without a port. Default for run: discovered from the"
                    + " API server. Default for policy: none");

    static final Flag OIDC_PROVIDER = Flag.of("--oidc-provider", CHECK + "|" + CREATE)
            .orElse(CHECK)
            .help("Create: create the issuer's IAM OIDC provider if it is missing, and add missing audiences."
                    + " Check: report how to create it. Default: ${DEFAULT-VALUE}");

    static final Flag AUDIENCES = Flag.of("--audiences", "AUDIENCE")
            .repeatable()
            .help("Audiences that resources may use. Repeatable. Default: " + TokenSpec.DEFAULT_AUDIENCE)
            .setting("Audiences that resources may use", OperatorSettings::audiences);

    static final Flag PREVIOUS_CLUSTER_ID = Flag.of("--previous-cluster-id", "UID")
            .repeatable()
            .help("UID of the kube-system namespace of a cluster that this cluster replaces. The operator takes over"
                    + " its roles. Repeatable. Default: none")
            .setting(
                    "Clusters that this cluster replaces",
                    published -> published.identity().previousClusters().clusterIds());

    static final Flag PREVIOUS_ISSUER = Flag.of("--previous-issuer", "URL")
            .repeatable()
            .help(
                    "Previous issuer of this cluster. The operator takes over the roles created with it, and they admit its"
                            + " tokens too while the flag is set. Repeatable. Default: none")
            .setting(
                    "Previous issuers of this cluster",
                    published -> published.identity().previousClusters().issuers());

    static ClusterConfig read(String name, FlagReader flags) {
        Set<String> audiences = flags.valuesMatching(
                AUDIENCES,
                "[A-Za-z0-9][A-Za-z0-9._~:/@+=-]{0,254}",
                "it must be an audience without spaces or wildcards, such as sts.amazonaws.com");
        return new ClusterConfig(
                name,
                issuer(flags),
                createsProvider(flags),
                audiences.isEmpty() ? Set.of(TokenSpec.DEFAULT_AUDIENCE) : audiences,
                new PreviousClusters(previousIds(flags), previousIssuers(flags)));
    }

    static Set<String> previousIds(FlagReader flags) {
        return flags.valuesMatching(
                PREVIOUS_CLUSTER_ID,
                "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "it must be the UID of the kube-system namespace, as in the role tag irsa.dev/cluster-id");
    }

    static Set<String> previousIssuers(FlagReader flags) {
        Set<String> issuers = flags.values(PREVIOUS_ISSUER);
        issuers.forEach(url -> Issuer.unusable(url).ifPresent(why -> flags.problem(PREVIOUS_ISSUER, url, why)));
        return issuers;
    }

    static String clusterName(FlagReader flags) {
        return flags.matching(
                CLUSTER_NAME,
                "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                "use the name of this cluster, at most 100 letters, digits, '.', '_' and '-'");
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
}
