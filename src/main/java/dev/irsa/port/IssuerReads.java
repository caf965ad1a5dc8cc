package dev.irsa.port;

import dev.irsa.core.diagnosis.Evidence;
import dev.irsa.core.diagnosis.IssuerFacts.Published;

/** Reads the public documents of an issuer, as AWS reads them. */
@FunctionalInterface
public interface IssuerReads {
    /** Returns what the URL of the issuer returns. Without a response, nothing is known about what AWS gets. */
    Evidence<Published> published(String issuer);
}
