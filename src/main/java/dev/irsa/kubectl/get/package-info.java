/** Computes and formats what {@code kubectl irsa get} shows. */
@NullMarked
package dev.irsa.kubectl.get;

import org.jspecify.annotations.NullMarked;
