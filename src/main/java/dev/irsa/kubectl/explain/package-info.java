/** Implements {@code kubectl irsa explain}: the chain from a resource to the credentials of its pods, link by link. */
@NullMarked
package dev.irsa.kubectl.explain;

import org.jspecify.annotations.NullMarked;
