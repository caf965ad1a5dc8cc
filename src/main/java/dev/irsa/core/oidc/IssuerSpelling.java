package dev.irsa.core.oidc;

import dev.irsa.core.desired.Issuer;
import java.util.Locale;

/**
 * How the name of an IAM OIDC provider (host and path) compares with an issuer.
 *
 * <p>Sources: "CreateOpenIDConnectProvider" of the IAM API reference: the URL should correspond to the {@code iss} claim,
 * paths are allowed, a port should not be in it. OpenID Connect Core, 3.1.3.7: the issuer must match {@code iss} exactly,
 * so that path, its case and a slash at its end tell issuers apart. RFC 3986, 6.2.2.1 and 6.2.3: the case of a host and
 * a port that is the scheme's own do not.
 */
public enum IssuerSpelling {
    /** The same URL, perhaps spelled otherwise. */
    SAME,
    /** Another URL, which a person may take for the same. */
    NEAR,
    /** Another URL. */
    OTHER;

    private static final String HTTPS_PORT = ":443";

    /** Compares. */
    public static IssuerSpelling of(Issuer issuer, String name) {
        String wanted = issuer.hostAndPath();
        String authority = authority(wanted);
        String path = path(wanted);
        if (authority.equals(authority(name)) && path.equals(path(name))) {
            return SAME;
        }
        boolean near =
                host(authority).equals(host(authority(name))) && loosely(path).equals(loosely(path(name)));
        return near ? NEAR : OTHER;
    }

    private static String authority(String hostAndPath) {
        String authority = hostAndPath
                .substring(0, hostAndPath.length() - path(hostAndPath).length())
                .toLowerCase(Locale.ROOT);
        return authority.endsWith(HTTPS_PORT)
                ? authority.substring(0, authority.length() - HTTPS_PORT.length())
                : authority;
    }

    private static String path(String hostAndPath) {
        int slash = hostAndPath.indexOf('/');
        return slash < 0 ? "" : hostAndPath.substring(slash);
    }

    private static String host(String authority) {
        int port = authority.indexOf(':');
        return port < 0 ? authority : authority.substring(0, port);
    }

    private static String loosely(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.toLowerCase(Locale.ROOT);
    }
}
