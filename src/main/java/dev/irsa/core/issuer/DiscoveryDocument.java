package dev.irsa.core.issuer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.desired.Issuer;

/**
 * The discovery document of an issuer. That of an API server does not fit, because its {@code jwks_uri} is an address of the API server.
 *
 * <p>Source: "OpenID Provider Metadata" of OpenID Connect Discovery 1.0.
 */
public final class DiscoveryDocument {
    /** The path of the document below the issuer. */
    public static final String PATH = "/.well-known/openid-configuration";

    /** The path of the keys below the issuer, as on an API server. */
    public static final String KEYS_PATH = "/openid/v1/jwks";

    private DiscoveryDocument() {}

    /** Returns the document as JSON. */
    public static String of(Issuer issuer) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("issuer", issuer.url())
                .put("jwks_uri", url(issuer, KEYS_PATH));
        document.putArray("response_types_supported").add("id_token");
        document.putArray("subject_types_supported").add("public");
        JsonWebKeys.ALGORITHMS.forEach(document.putArray("id_token_signing_alg_values_supported")::add);
        return document.toString();
    }

    /**
     * Returns the key of the object with a document.
     *
     * @param prefix of the objects; empty, or without a slash at its end
     */
    public static String key(String prefix, String path) {
        return prefix.isEmpty() ? path.substring(1) : prefix + path;
    }

    /** Returns the URL of a path below the issuer. OpenID Connect Discovery, 4: a trailing slash of the issuer is removed. */
    public static String url(Issuer issuer, String path) {
        String url = issuer.url();
        return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + path;
    }
}
