package dev.irsa.config;

import dev.irsa.core.desired.Issuer;
import java.util.Optional;

/** Where the issuer comes from: from the API server's own document, else from EKS, else from the flag. */
public sealed interface IssuerSource {
    /** It is known. */
    record Known(Issuer issuer) implements IssuerSource {}

    /**
     * The cluster does not tell; EKS may, and must not contradict the flag.
     *
     * @param flag {@code --oidc-issuer}, for clusters that EKS does not know
     */
    record AskEks(Optional<String> flag) implements IssuerSource {
        /** What EKS's answer, empty when it knows no such cluster, makes of it: Known or Refused. */
        public IssuerSource answered(Optional<String> eks) {
            if (eks.isPresent() && flag.isPresent() && !flag.equals(eks)) {
                return new Refused("--oidc-issuer=" + flag.get()
                        + " is not the issuer that EKS names for this cluster, " + eks.get() + "; leave the flag out");
            }
            return eks.or(() -> flag)
                    .<IssuerSource>map(url -> new Known(new Issuer(url)))
                    .orElseGet(() -> new Refused("the issuer of this cluster's tokens is not known: its API server does"
                            + " not show /.well-known/openid-configuration, and EKS knows no cluster of this name, or"
                            + " does not let us ask; give --oidc-issuer"));
        }
    }

    /** What is known cannot work. */
    record Refused(String why) implements IssuerSource {}

    /**
     * Decides.
     *
     * @param flag {@code --oidc-issuer}
     * @param document what the API server's discovery document says; empty when it cannot be read
     */
    static IssuerSource of(Optional<String> flag, Optional<String> document) {
        if (document.isEmpty()) {
            return new AskEks(flag);
        }
        String url = document.get();
        if (flag.isPresent() && !flag.get().equals(url)) {
            return new Refused("--oidc-issuer=" + flag.get() + " is not the issuer of this cluster's tokens, which its"
                    + " API server says is " + url + "; leave the flag out");
        }
        return Issuer.unreachable(url)
                .<IssuerSource>map(why -> new Refused("the issuer of this cluster's tokens is " + url + ", and AWS"
                        + " must be able to fetch its keys: " + why
                        + "; set --service-account-issuer (and --service-account-jwks-uri) of the API server to a public"
                        + " https URL"))
                .orElseGet(() -> new Known(new Issuer(url)));
    }
}
