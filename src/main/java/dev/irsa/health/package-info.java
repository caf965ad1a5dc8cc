/** Serves {@code /livez}, {@code /readyz} and {@code /metrics}. */
@NullMarked
package dev.irsa.health;

import org.jspecify.annotations.NullMarked;
