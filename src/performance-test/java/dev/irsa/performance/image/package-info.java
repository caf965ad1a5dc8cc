/** Builds the container image, and tests and measures it. */
@NullMarked
package dev.irsa.performance.image;

import org.jspecify.annotations.NullMarked;
