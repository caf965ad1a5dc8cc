package dev.irsa.config;

import dev.irsa.core.desired.Issuer;
import java.util.Optional;

/** Decides where the issuer comes from: the API server's discovery document, else EKS, else the flag. */
public sealed interface IssuerSource {
    /** The issuer is known. */
    record Known(Issuer issuer) implements IssuerSource {}

    /**
     * The API server does not report the issuer. EKS may report it, and must not contradict the flag.
     *
     * @param flag {@code --oidc-issuer}, for clusters that EKS does not know
     */
    record AskEks(Optional<String> flag) implements IssuerSource {
        /**
         * Returns Known or Refused.
         *
         * @param eks the issuer that EKS reports; empty: EKS knows no such cluster
         */
        public IssuerSource answered(Optional<String> eks) {
            if (eks.isPresent() && flag.isPresent() && !flag.equals(eks)) {
                return new Refused("--oidc-issuer=" + flag.get()
                        + " is not the issuer that EKS reports for this cluster, " + eks.get() + "; remove the flag");
            }
            return eks.or(() -> flag)
                    .<IssuerSource>map(url -> new Known(new Issuer(url)))
                    .orElseGet(() -> new Refused("the issuer of this cluster's tokens is unknown; its API server does"
                            + " not serve /.well-known/openid-configuration; EKS has no cluster of this name or"
                            + " denies access to it; set --oidc-issuer"));
        }
    }

    /** The known issuer cannot be used. */
    record Refused(String why) implements IssuerSource {}

    /**
     * Decides from the flag and the discovery document.
     *
     * @param flag {@code --oidc-issuer}
     * @param document the issuer in the API server's discovery document; empty when it cannot be read
     */
    static IssuerSource of(Optional<String> flag, Optional<String> document) {
        if (document.isEmpty()) {
            return new AskEks(flag);
        }
        String url = document.get();
        if (flag.isPresent() && !flag.get().equals(url)) {
            return new Refused("--oidc-issuer=" + flag.get() + " is not the issuer of this cluster's tokens; its"
                    + " API server reports " + url + "; remove the flag");
        }
        return Issuer.unreachable(url)
                .<IssuerSource>map(why -> new Refused("the issuer of this cluster's tokens is " + url + ", and AWS"
                        + " must be able to fetch its keys: " + why
                        + "; set --service-account-issuer (and --service-account-jwks-uri) of the API server to a public"
                        + " https URL"))
                .orElseGet(() -> new Known(new Issuer(url)));
    }
}
