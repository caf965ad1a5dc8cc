package dev.irsa.config;

import dev.irsa.desired.Issuer;
import java.util.Optional;

/** Where the issuer comes from: from the API server's own document, then from EKS, then from the flag. */
public sealed interface IssuerChoice {
    /** It is known. */
    record Known(Issuer issuer) implements IssuerChoice {}

    /** Nothing in the cluster or the configuration tells; EKS may. */
    record AskEks() implements IssuerChoice {}

    /** What is known cannot work. */
    record Refused(String why) implements IssuerChoice {}

    /**
     * Decides.
     *
     * @param flag {@code --oidc-issuer}
     * @param document what the API server's discovery document says; empty when it cannot be read
     */
    static IssuerChoice of(Optional<String> flag, Optional<String> document) {
        if (document.isEmpty()) {
            return flag.<IssuerChoice>map(url -> new Known(new Issuer(url))).orElseGet(AskEks::new);
        }
        String url = document.get();
        if (flag.isPresent() && !flag.get().equals(url)) {
            return new Refused("--oidc-issuer=" + flag.get() + " is not the issuer of this cluster's tokens, which its"
                    + " API server says is " + url + "; leave the flag out");
        }
        return Issuer.unreachable(url)
                .<IssuerChoice>map(why -> new Refused("the issuer of this cluster's tokens is " + url + ", and AWS"
                        + " must be able to fetch its keys: " + why
                        + "; set --service-account-issuer (and --service-account-jwks-uri) of the API server to a public"
                        + " https URL"))
                .orElseGet(() -> new Known(new Issuer(url)));
    }
}
