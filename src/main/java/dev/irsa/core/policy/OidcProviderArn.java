package dev.irsa.core.policy;

import java.util.Locale;

/** Compares the ARNs of OIDC providers. AWS may ignore the case of the host in them, but not that of the path. */
public final class OidcProviderArn {
    private OidcProviderArn() {}

    /** Returns whether the ARNs may be those of one provider. */
    public static boolean mayBeSame(String one, String other) {
        return withLowerCaseHost(one).equals(withLowerCaseHost(other));
    }

    static String withLowerCaseHost(String arn) {
        int path = arn.indexOf('/', arn.indexOf('/') + 1);
        int endOfHost = path < 0 ? arn.length() : path;
        return arn.substring(0, endOfHost).toLowerCase(Locale.ROOT) + arn.substring(endOfHost);
    }
}
