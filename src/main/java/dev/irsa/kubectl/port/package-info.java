/** Defines the interfaces to AWS and the cluster that only {@code kubectl irsa} needs, and the values that cross them. */
@NullMarked
package dev.irsa.kubectl.port;

import org.jspecify.annotations.NullMarked;
