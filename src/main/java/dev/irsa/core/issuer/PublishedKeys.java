package dev.irsa.core.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.collection.Sorted;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The keys that are published.
 *
 * @param keys by their ids
 * @param missingSince when each key was first missing from all API servers; no entry for a key that one of them has
 */
public record PublishedKeys(SortedMap<String, PublicKey> keys, SortedMap<String, Instant> missingSince) {
    /** S3 accepts 2 KB of metadata, of which a part is for the id of the cluster. Source: "Working with object metadata". */
    static final int MAX_METADATA = 1_800;

    /** Nothing is published. */
    public static final PublishedKeys NONE = new PublishedKeys(new TreeMap<>(), new TreeMap<>());

    public PublishedKeys {
        keys = Sorted.copyOf(keys);
        missingSince = Sorted.copyOf(missingSince);
    }

    /**
     * Reads what is published.
     *
     * @param document the JSON Web Key Set
     * @param missing as {@link #missing()} returns it; ids of other keys are ignored
     * @throws IllegalArgumentException if one of them is not valid
     */
    public static PublishedKeys of(String document, String missing) {
        SortedMap<String, PublicKey> keys = JsonWebKeys.parse(document).usable();
        SortedMap<String, Instant> missingSince = new TreeMap<>();
        for (String entry : missing.split(",", -1)) {
            int sign = entry.lastIndexOf('=');
            if (sign > 0 && keys.containsKey(entry.substring(0, sign))) {
                try {
                    missingSince.put(entry.substring(0, sign), Instant.parse(entry.substring(sign + 1)));
                } catch (DateTimeParseException e) {
                    throw new IllegalArgumentException("\"" + entry + "\" has no valid time", e);
                }
            }
        }
        return new PublishedKeys(keys, missingSince);
    }

    /** Returns whether an API server may still sign with one of the keys, so that new tokens can be verified. */
    public boolean canVerifyNewTokens() {
        return !missingSince.keySet().containsAll(keys.keySet());
    }

    /** Returns the JSON Web Key Set, with the keys that an API server has before those that none has any more. */
    public String document() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Stream.concat(
                        keys.keySet().stream().filter(id -> !missingSince.containsKey(id)),
                        missingSince.keySet().stream()
                                .sorted(Comparator.comparing(id -> missingSince.getOrDefault(id, Instant.MAX))))
                .flatMap(id -> Stream.ofNullable(keys.get(id)))
                .forEach(key -> list.add(key.json()));
        return JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>set("keys", list)
                .toString();
    }

    /**
     * Returns which keys are missing since when, for the metadata of the object. Without room for all, it omits those that were missing
     * last. After a restart, their time begins when others have been removed.
     */
    public String missing() {
        StringJoiner entries = new StringJoiner(",");
        missingSince.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .takeWhile(entry -> entries.length() + entry.length() < MAX_METADATA)
                .forEach(entries::add);
        return entries.toString();
    }
}
