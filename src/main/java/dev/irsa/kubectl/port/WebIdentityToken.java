package dev.irsa.kubectl.port;

/** A token of a ServiceAccount. It is never part of a text. */
public final class WebIdentityToken {
    private final String secret;

    public WebIdentityToken(String secret) {
        this.secret = secret;
    }

    /** Returns the token, to send it to AWS. */
    public String secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "WebIdentityToken";
    }
}
