package dev.irsa.core.ownership;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, shortened to what a name or a tag has room for. */
public final class Digest {
    private Digest() {}

    /** The first {@code characters}, an even number of at most 64, of the digest of a text in UTF-8, in hexadecimal. */
    public static String of(String text, int characters) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, characters / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
