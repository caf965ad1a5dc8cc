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
 * What an issuer tells the world about its tokens, found the way that OpenID Connect Discovery says.
 *
 * @param issuer as its own document spells it
 * @param keys those that it signs with
 */
public record PublishedKeys(String issuer, JWKSet keys) {
    /** Those of an API server, which in a real cluster AWS reads at the issuer's public address. */
    public static PublishedKeys of(KubernetesClient client) {
        Map<?, ?> document = Serialization.unmarshal(client.raw("/.well-known/openid-configuration"), Map.class);
        URI keys = URI.create(String.valueOf(document.get("jwks_uri")));
        try {
            return new PublishedKeys(String.valueOf(document.get("issuer")), JWKSet.parse(client.raw(keys.getPath())));
        } catch (ParseException e) {
            throw new IllegalStateException("no keys at " + keys, e);
        }
    }

    /** What a token says, when this issuer has signed it. */
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
