/**
 * Publishes the issuer of a cluster whose API server AWS cannot reach. It is a program of its own, because whoever can write these
 * documents can assume every role that trusts the issuer.
 */
@NullMarked
package dev.irsa.issuer;

import org.jspecify.annotations.NullMarked;
