package dev.irsa.core.issuer;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys that API servers may have. */
public final class SampleKeys {
    private SampleKeys() {}

    /** Returns RSA keys with these ids, each with a modulus of its own. */
    public static SortedMap<String, PublicKey> of(String... ids) {
        SortedMap<String, PublicKey> keys = new TreeMap<>();
        for (String id : ids) {
            keys.put(id, rsa(id, "modulus-" + id));
        }
        return keys;
    }

    /** Returns an RSA key. */
    public static PublicKey rsa(String id, String modulus) {
        return new PublicKey(id, "RSA", "RS256", new TreeMap<>(Map.of("n", modulus, "e", "AQAB")));
    }
}
