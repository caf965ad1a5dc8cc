package dev.irsa.issuer;

import dev.irsa.core.issuer.PublishedKeys;

/**
 * What is published for the issuer.
 *
 * @param keys with the time since when each is missing
 * @param discovery the discovery document, as JSON
 */
record Documents(PublishedKeys keys, String discovery) {}
