package dev.irsa.issuer;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.RootCause;
import dev.irsa.core.issuer.DiscoveryDocument;
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

/** Fetches the documents at the URLs of the issuer, as AWS does: over HTTPS, without credentials. */
record PublicDocuments(HttpClient http, Issuer issuer) implements PublicView {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_SIZE = 1024L * 1024;

    static PublicDocuments of(Issuer issuer) {
        return new PublicDocuments(
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), issuer);
    }

    @Override
    public Optional<String> problem(Documents expected) {
        return problem(DiscoveryDocument.PATH, expected.discovery())
                .or(() -> problem(DiscoveryDocument.KEYS_PATH, expected.keys().document()));
    }

    private Optional<String> problem(String path, String expected) {
        String url = DiscoveryDocument.url(issuer, path);
        CompletableFuture<HttpResponse<String>> exchange = http.sendAsync(
                HttpRequest.newBuilder(URI.create(url)).build(),
                BodyHandlers.limiting(BodyHandlers.ofString(), MAX_SIZE));
        try {
            // The time limit of a request would end with the headers of its response. This one includes the body.
            HttpResponse<String> response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                return Optional.of(url + " returns HTTP status " + response.statusCode()
                        + " instead of the document; make the object readable for everyone or through CloudFront, and check that the"
                        + " URL is that of the bucket");
            }
            return response.body().equals(expected)
                    ? Optional.empty()
                    : Optional.of(url
                            + " does not show the stored document; if this lasts longer than a minute, the URL is not that"
                            + " of the bucket, or something between them caches it longer");
        } catch (TimeoutException _) {
            return noResponse(url, "timeout after " + TIMEOUT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return noResponse(url, RootCause.of(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return noResponse(url, "the program is stopping");
        } finally {
            exchange.cancel(true);
        }
    }

    private static Optional<String> noResponse(String url, String why) {
        return Optional.of("no response from " + url + ": " + why + "; AWS must reach it over HTTPS");
    }
}
