package dev.irsa.runtime;

import dev.irsa.core.desired.Issuer;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides where the issuer comes from: the API server's discovery document, else the flag. While the issuer of a cluster changes, the
 * flag names the new one and the API server still announces a previous one. EKS is not asked. It knows
 * clusters by name only, and another cluster may have the same name: roles would then trust the pods of that cluster.
 */
sealed interface IssuerSource {
    /** The issuer is known. */
    record Known(Issuer issuer) implements IssuerSource {}

    /** The issuer is unknown, or cannot be used. */
    record Refused(String why) implements IssuerSource {}

    /**
     * Decides from the flag and the discovery document.
     *
     * @param flag {@code --oidc-issuer}, which is checked already
     * @param replaced whether the flag may name another issuer than this one, which the API server announces
     * @param document the issuer in the API server's discovery document; empty when it cannot be read
     */
    static IssuerSource of(Optional<String> flag, Predicate<String> replaced, Optional<String> document) {
        return document.map(url -> published(flag, replaced.test(url) ? flag.orElse(url) : url))
                .orElseGet(() -> unpublished(flag));
    }

    private static IssuerSource published(Optional<String> flag, String url) {
        if (flag.isPresent() && !flag.get().equals(url)) {
            return new Refused("--oidc-issuer=" + flag.get() + " is not the issuer of this cluster's tokens; its"
                    + " API server reports " + url + "; remove the flag");
        }
        return Issuer.unusable(url)
                .<IssuerSource>map(why -> new Refused("the issuer of this cluster's tokens is " + url + ", which AWS"
                        + " cannot use: " + why
                        + "; set --service-account-issuer (and --service-account-jwks-uri) of the API server to a public"
                        + " https URL without a port"))
                .orElseGet(() -> new Known(new Issuer(url)));
    }

    private static IssuerSource unpublished(Optional<String> flag) {
        return flag.<IssuerSource>map(url -> new Known(new Issuer(url)))
                .orElseGet(
                        () -> new Refused(
                                "the issuer of this cluster's tokens is unknown, because the operator cannot"
                                        + " read /.well-known/openid-configuration from the API server; set --oidc-issuer, or bind the"
                                        + " ClusterRole system:service-account-issuer-discovery to the operator's ServiceAccount"));
    }
}
