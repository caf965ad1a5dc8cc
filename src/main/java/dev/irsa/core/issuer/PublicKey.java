package dev.irsa.core.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.collection.Sorted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A key that verifies tokens. Of the members of a JSON Web Key it has only those of a public key, so it cannot hold a private one.
 *
 * <p>Source: RFC 7518, 6.2.1 "Parameters for Elliptic Curve Public Keys", and 6.3.1 "Parameters for RSA Public Keys".
 *
 * @param id the {@code kid} of the tokens that it verifies
 * @param type {@code RSA} or {@code EC}
 * @param algorithm one of {@link JsonWebKeys#ALGORITHMS}
 * @param parameters the public parameters of its type
 */
public record PublicKey(String id, String type, String algorithm, SortedMap<String, String> parameters) {
    private static final Map<String, List<String>> PARAMETERS =
            Map.of("RSA", List.of("n", "e"), "EC", List.of("crv", "x", "y"));

    private static final Map<String, String> CURVES = Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512");

    public PublicKey {
        parameters = Sorted.copyOf(parameters);
    }

    /** Returns the key that a JSON Web Key describes; empty if AWS does not accept its tokens. */
    static Optional<PublicKey> of(String id, JsonNode key) {
        String type = key.path("kty").asText();
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String name : PARAMETERS.getOrDefault(type, List.of())) {
            parameters.put(name, key.path(name).asText());
        }
        String usual = type.equals("RSA") ? "RS256" : CURVES.getOrDefault(parameters.getOrDefault("crv", ""), "");
        String algorithm = key.path("alg").asText(usual);
        boolean fits = type.equals("RSA") ? algorithm.startsWith("RS") : algorithm.equals(usual);
        return !parameters.isEmpty()
                        && !parameters.containsValue("")
                        && fits
                        && JsonWebKeys.ALGORITHMS.contains(algorithm)
                        && key.path("use").asText("sig").equals("sig")
                ? Optional.of(new PublicKey(id, type, algorithm, parameters))
                : Optional.empty();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("use", "sig")
                .put("kty", type)
                .put("kid", id)
                .put("alg", algorithm);
        parameters.forEach(json::put);
        return json;
    }
}
