package dev.irsa.core.oidc;

import dev.irsa.core.desired.Issuer;
import java.util.Locale;

/**
 * Compares the name of an IAM OIDC provider (host and path) with an issuer.
 *
 * <p>Sources: "CreateOpenIDConnectProvider" of the IAM API reference: the URL should correspond to the {@code iss} claim,
 * paths are allowed, a port should not be in it. OpenID Connect Core, 3.1.3.7: the issuer must match {@code iss} exactly,
 * so the path, its case and a trailing slash distinguish issuers. RFC 3986, 6.2.2.1 and 6.2.3: the case of a host and
 * the default port of the scheme do not.
 */
public enum IssuerSpelling {
    /** The same URL, possibly in another spelling. */
    SAME,
    /** Another URL that users may mistake for the same. */
    NEAR,
    /** Another URL. */
    OTHER;

    private static final String HTTPS_PORT = ":443";

    /** Compares the issuer with the name of a provider. */
    public static IssuerSpelling of(Issuer issuer, String name) {
        String wanted = issuer.hostAndPath();
        String authority = authority(wanted);
        String path = path(wanted);
        if (authority.equals(authority(name)) && path.equals(path(name))) {
            return SAME;
        }
        boolean near = host(authority).equals(host(authority(name)))
                && normalized(path).equals(normalized(path(name)));
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

    private static String normalized(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.toLowerCase(Locale.ROOT);
    }
}
