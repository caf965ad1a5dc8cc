package dev.irsa.core.oidc;

import dev.irsa.core.desired.Issuer;
import java.util.Locale;

/**
 * Compares the name of an IAM OIDC provider (host and path) with an issuer.
 *
 * <p>Sources: "CreateOpenIDConnectProvider" of the IAM API reference: the URL should correspond to the {@code iss} claim,
 * paths are allowed, ports are not. OpenID Connect Core, 3.1.3.7: the issuer must match {@code iss} exactly, so the path,
 * its case and a trailing slash distinguish issuers. RFC 3986, 6.2.2.1: the case of a host does not.
 */
public enum IssuerSpelling {
    /** The same URL, possibly in another spelling. */
    SAME,
    /** Another URL that users may mistake for the same. */
    NEAR,
    /** Another URL. */
    OTHER;

    /** Compares the issuer with the name of a provider. */
    public static IssuerSpelling of(Issuer issuer, String name) {
        String wanted = issuer.hostAndPath();
        if (!host(wanted).equalsIgnoreCase(host(name))) {
            return OTHER;
        }
        if (path(wanted).equals(path(name))) {
            return SAME;
        }
        return normalized(path(wanted)).equals(normalized(path(name))) ? NEAR : OTHER;
    }

    private static String host(String hostAndPath) {
        return hostAndPath.substring(0, hostAndPath.length() - path(hostAndPath).length());
    }

    private static String path(String hostAndPath) {
        return hostAndPath.substring((hostAndPath + "/").indexOf('/'));
    }

    private static String normalized(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.toLowerCase(Locale.ROOT);
    }
}
