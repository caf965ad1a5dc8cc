package dev.irsa.core.desired;

import dev.irsa.core.ownership.Digest;
import java.util.Locale;

/**
 * The name of a role that the spec does not name: {@code <cluster>_<namespace>_<name>}. Neither a namespace nor a
 * name can hold an underscore, so it reads back. Where it had to be changed (too long for IAM's 64 characters, a
 * character IAM refuses, an upper-case letter, as IAM's names are unique without regard to case), it ends in a
 * hash over all three parts.
 *
 * <p>It never changes between versions: it is part of the API.
 */
public final class RoleName {
    /** IAM's limit ("IAM and AWS STS quotas"). */
    public static final int MAX = 64;

    /** No name that needed no hash has two underscores in a row, so the two kinds never meet. */
    private static final String BEFORE_HASH = "__";

    private static final int HASH = 16;

    private RoleName() {}

    /** The role's name for a resource; 1 to 64 characters of IAM's set, lower case. */
    public static String derive(String cluster, String namespace, String name) {
        String wanted = cluster + "_" + namespace + "_" + name;
        String allowed = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9+=,.@_-]", "-");
        // An underscore in the cluster's name would move the borders between the parts.
        boolean borders = cluster.indexOf('_') < 0;
        if (allowed.equals(wanted) && borders && wanted.length() <= MAX) {
            return wanted;
        }
        String head = allowed.substring(0, Math.min(allowed.length(), MAX - HASH - BEFORE_HASH.length()));
        return head + BEFORE_HASH + hash(cluster, namespace, name);
    }

    /** No part can hold the character that ends each. */
    private static String hash(String... parts) {
        return Digest.of(String.join("\0", parts) + "\0", HASH);
    }
}
