package dev.irsa.core.desired;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The issuer of the cluster's ServiceAccount tokens: the {@code iss} claim, an https URL.
 *
 * @param url the URL, as in the tokens
 */
public record Issuer(String url) {
    private static final Pattern PRIVATE = Pattern.compile(
            "(?:127\\..*|10\\..*|192\\.168\\..*|172\\.(?:1[6-9]|2\\d|3[01])\\..*|169\\.254\\..*|\\[.*)");

    private static final Pattern EKS = Pattern.compile("oidc[.-]eks\\.([a-z0-9-]+)\\..*");

    /** Returns the region of the EKS cluster; empty if the cluster is not in EKS, where every cluster has such an issuer. */
    public Optional<String> eksRegion() {
        Matcher eks = EKS.matcher(hostAndPath());
        return eks.matches() ? Optional.ofNullable(eks.group(1)) : Optional.empty();
    }

    /** Returns the URL without its scheme, which names the IAM OIDC provider and the condition keys. */
    public String hostAndPath() {
        return url.substring("https://".length());
    }

    /**
     * Returns why AWS can never trust this issuer; empty if it may.
     *
     * <p>Sources: "Create an OpenID Connect (OIDC) identity provider in IAM": https, and reachable from the internet.
     * "CreateOpenIDConnectProvider" of the IAM API reference: no port.
     */
    public static Optional<String> unusable(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("it is not a URL");
        }
        if (!"https".equals(uri.getScheme())) {
            return Optional.of("it does not start with https://");
        }
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("it must be https://host/path, without user, query or fragment");
        }
        host = host.toLowerCase(Locale.ROOT);
        boolean named =
                host.contains(".") && !host.endsWith(".svc") && !host.endsWith(".local") && !host.endsWith(".internal");
        if (!named || PRIVATE.matcher(host).matches()) {
            return Optional.of("AWS cannot reach the host " + host);
        }
        if (uri.getRawAuthority().length() > host.length()) {
            return Optional.of(
                    "it has a port, but the URLs of IAM OIDC providers and the condition keys of trust policies"
                            + " cannot have one");
        }
        return Optional.empty();
    }
}
