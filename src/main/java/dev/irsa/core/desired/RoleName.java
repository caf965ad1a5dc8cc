package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.core.ownership.Digest;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Derives the name of a role that the spec does not name: {@code <cluster>_<namespace>_<name>}. Neither a namespace nor a name
 * can contain an underscore, so the parts can be read back. If the name had to be changed, it ends in a hash over all three
 * parts. It is changed if it is longer than IAM's 64 characters, has a character that IAM rejects, or has an upper-case letter,
 * because IAM's names are unique regardless of case.
 *
 * <p>It never changes between versions: it is part of the API.
 */
public final class RoleName {
    /** IAM's limit ("IAM and AWS STS quotas"). */
    public static final int MAX = 64;

    /** A name without a hash never has two underscores in a row, so the two kinds never collide. */
    private static final String BEFORE_HASH = "__";

    private static final int HASH = 16;
    private static final Pattern HASHED = Pattern.compile(".*" + BEFORE_HASH + "[0-9a-f]{" + HASH + "}");

    private static final Pattern REJECTED = Pattern.compile("[^a-z0-9+=,.@_-]");

    private RoleName() {}

    /** Returns the name in the spec, or else the derived one. */
    static String of(String cluster, String namespace, String name, RoleSpec spec) {
        String given = spec.name();
        return given == null ? derive(cluster, namespace, name) : given;
    }

    /** Returns the derived name: 1 to 64 lower-case characters of IAM's set. */
    public static String derive(String cluster, String namespace, String name) {
        String wanted = cluster + "_" + namespace + "_" + name;
        String allowed = allowed(wanted);
        // An underscore in the name of the cluster would make the parts ambiguous.
        boolean unambiguous = cluster.indexOf('_') < 0;
        if (allowed.equals(wanted) && unambiguous && wanted.length() <= MAX) {
            return wanted;
        }
        String head = allowed.substring(0, Math.min(allowed.length(), MAX - HASH - BEFORE_HASH.length()));
        return head + BEFORE_HASH + hash(cluster, namespace, name);
    }

    /** Returns the beginning of the names that are derived without a hash for the resources of a cluster. */
    public static String head(String cluster) {
        return allowed(cluster) + "_";
    }

    /** Returns whether a name has the form of a derived name without a hash. IAM's names are unique regardless of case. */
    public static boolean isPlain(String cluster, String name) {
        String head = head(cluster);
        return allowed(name).startsWith(head) && name.indexOf('_', head.length()) >= 0;
    }

    /** Returns whether a name has the form of a derived name with a hash, of this cluster or another. */
    public static boolean isHashed(String name) {
        return HASHED.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private static String allowed(String wanted) {
        return REJECTED.matcher(wanted.toLowerCase(Locale.ROOT)).replaceAll("-");
    }

    /** No part can contain the character that ends each. */
    private static String hash(String... parts) {
        return Digest.of(String.join("\0", parts) + "\0", HASH);
    }
}
