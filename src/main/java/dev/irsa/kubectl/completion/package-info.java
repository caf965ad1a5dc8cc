/** Completes the command lines of {@code kubectl irsa}: commands, flags, and names in the cluster. */
@NullMarked
package dev.irsa.kubectl.completion;

import org.jspecify.annotations.NullMarked;
