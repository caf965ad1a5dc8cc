/** Publishes the issuer of real API servers. */
@NullMarked
package dev.irsa.integration.issuer;

import org.jspecify.annotations.NullMarked;
