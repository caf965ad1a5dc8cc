package dev.irsa.kubectl.kubernetes;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.RootCause;
import dev.irsa.core.issuer.DiscoveryDocument;
import dev.irsa.core.issuer.JsonWebKeys;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches the public documents of an issuer over HTTPS, with a time limit and without credentials. */
public final class PublicIssuer {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long MAX_SIZE = 1024L * 1024;

    /** The JDK's exception for an unknown host, which has no message. */
    private static final String UNRESOLVED = "UnresolvedAddressException";

    private final HttpClient http;
    private final String scheme;

    /** Uses the proxy settings of the JVM. */
    public PublicIssuer() {
        this("https://");
    }

    /** For tests without a certificate. */
    PublicIssuer(String scheme) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        this.scheme = scheme;
    }

    /** Returns what the URL of the issuer returns. Without a response, nothing is known about what AWS gets. */
    public Evidence<Published> published(String issuer) {
        String discovery = DiscoveryDocument.url(new Issuer(issuer), DiscoveryDocument.PATH);
        return fetch(discovery)
                .then(document -> document.isFound() ? keys(discovery, document.body()) : refused(discovery, document));
    }

    private Evidence<Published> keys(String discovery, String document) {
        Optional<String> issuer = DiscoveryFields.string(document, "issuer");
        Optional<String> address = DiscoveryFields.string(document, "jwks_uri");
        if (issuer.isEmpty() || address.isEmpty()) {
            return Evidence.of(new Published.Refused(discovery + " is no discovery document"));
        }
        return fetch(address.get()).then(keys -> {
            try {
                return keys.isFound()
                        ? Evidence.of(new Published.Keys(
                                issuer.get(),
                                JsonWebKeys.parse(keys.body()).usable().keySet()))
                        : refused(address.get(), keys);
            } catch (IllegalArgumentException _) {
                return refused(address.get(), keys);
            }
        });
    }

    private static Evidence<Published> refused(String url, Response response) {
        return Evidence.of(new Published.Refused(
                url + (response.isFound() ? " is no set of keys" : " returns HTTP status " + response.status())));
    }

    private Evidence<Response> fetch(String url) {
        if (!url.startsWith(scheme)) {
            return Evidence.unreadable(url + " does not start with " + scheme);
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return await(url, http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_SIZE)));
        } catch (IllegalArgumentException e) {
            return noResponse(url, RootCause.of(e));
        }
    }

    /** The time limit of a request ends with the headers of its response. This one includes the body. */
    private static Evidence<Response> await(String url, CompletableFuture<HttpResponse<String>> exchange) {
        try {
            HttpResponse<String> response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return isTemporary(response.statusCode())
                    ? Evidence.unreadable(url + " returns HTTP status " + response.statusCode())
                    : Evidence.of(new Response(response.statusCode(), response.body()));
        } catch (TimeoutException _) {
            return noResponse(url, "timeout after " + TIMEOUT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            String cause = RootCause.of(e);
            return noResponse(url, cause.contains(UNRESOLVED) ? "the name of the host cannot be resolved" : cause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Evidence.unreadable("interrupted");
        } finally {
            exchange.cancel(true);
        }
    }

    /** A server that is overloaded or broken shows nothing about what it publishes. */
    private static boolean isTemporary(int status) {
        return status >= 500 || status == 429;
    }

    private static Evidence<Response> noResponse(String url, String why) {
        return Evidence.unreadable("no response from " + url + " on this machine: " + why);
    }

    private record Response(int status, String body) {
        boolean isFound() {
            return status == 200;
        }
    }
}
