package dev.irsa.kubectl.port;

import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;

/** Reads the public documents of an issuer, as AWS reads them. */
@FunctionalInterface
public interface IssuerReads {
    /** Returns what the URL of the issuer returns. Without a response, nothing is known about what AWS gets. */
    Evidence<Published> published(String issuer);
}
