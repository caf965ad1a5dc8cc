/** Implements {@code make soak-hour}, which runs the operator under faults and measures growth. */
@NullMarked
package dev.irsa.performance.soak;

import org.jspecify.annotations.NullMarked;
