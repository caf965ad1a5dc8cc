/** Implements {@code make bench}, which measures time, calls and memory. */
@NullMarked
package dev.irsa.performance.bench;

import org.jspecify.annotations.NullMarked;
