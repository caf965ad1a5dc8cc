package dev.irsa.integration.pod;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * The signing keys of an issuer, read with OpenID Connect Discovery.
 *
 * @param issuer as spelled in its discovery document
 * @param keys its signing keys
 */
public record PublishedKeys(String issuer, JWKSet keys) {
    /** Reads the keys of an API server. In a real cluster, AWS reads them at the public URL of the issuer. */
    public static PublishedKeys of(KubernetesClient client) {
        Map<?, ?> document = Serialization.unmarshal(client.raw("/.well-known/openid-configuration"), Map.class);
        URI keys = URI.create(String.valueOf(document.get("jwks_uri")));
        try {
            return new PublishedKeys(String.valueOf(document.get("issuer")), JWKSet.parse(client.raw(keys.getPath())));
        } catch (ParseException e) {
            throw new IllegalStateException("no keys at " + keys, e);
        }
    }

    /** Reads the keys of a published document. */
    public static PublishedKeys of(String issuer, String document) {
        try {
            return new PublishedKeys(issuer, JWKSet.parse(document));
        } catch (ParseException e) {
            throw new IllegalStateException("no keys in " + document, e);
        }
    }

    /** Returns the claims of a token if this issuer signed it. */
    public Optional<JWTClaimsSet> verified(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            JWK key = keys.getKeyByKeyId(signed.getHeader().getKeyID());
            return key != null && signed.verify(new RSASSAVerifier(key.toRSAKey()))
                    ? Optional.of(signed.getJWTClaimsSet())
                    : Optional.empty();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("unreadable token: " + token, e);
        }
    }
}
