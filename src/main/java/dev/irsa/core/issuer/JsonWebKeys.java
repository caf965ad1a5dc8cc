package dev.irsa.core.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.collection.Sorted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads JSON Web Key Sets.
 *
 * @param usable the keys that AWS accepts, by their ids
 * @param unusable the keys that it does not accept, such as {@code "abc" (ES256)}
 */
public record JsonWebKeys(SortedMap<String, PublicKey> usable, List<String> unusable) {
    /** The algorithms of the tokens that AWS accepts. Source: "AssumeRoleWithWebIdentity" of the AWS STS API reference. */
    static final List<String> ALGORITHMS = List.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512");

    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonWebKeys {
        usable = Sorted.copyOf(usable);
        unusable = List.copyOf(unusable);
    }

    /**
     * Parses the document of an API server or of a bucket.
     *
     * @throws IllegalArgumentException if it is not a JSON Web Key Set, or if two different keys have one ID
     */
    public static JsonWebKeys parse(String document) {
        JsonNode keys;
        try {
            keys = JSON.readTree(document).path("keys");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not valid JSON", e);
        }
        if (!keys.isArray()) {
            throw new IllegalArgumentException("it has no list of keys");
        }
        SortedMap<String, PublicKey> usable = new TreeMap<>();
        List<String> unusable = new ArrayList<>();
        Map<String, JsonNode> ids = new HashMap<>();
        for (JsonNode key : keys) {
            String id = key.path("kid").asText();
            if (id.isEmpty()) {
                throw new IllegalArgumentException("a key has no kid");
            }
            JsonNode before = ids.put(id, key);
            if (before != null && !before.equals(key)) {
                throw new IllegalArgumentException("two keys have the kid " + id);
            }
            if (before != null) {
                // An API server returns a key as often as its files have it.
                continue;
            }
            PublicKey.of(id, key)
                    .ifPresentOrElse(
                            one -> usable.put(id, one), () -> unusable.add('"' + id + "\" (" + algorithm(key) + ")"));
        }
        return new JsonWebKeys(usable, unusable);
    }

    private static String algorithm(JsonNode key) {
        return key.path("alg").asText(key.path("kty").asText("unknown"));
    }
}
