/** Wires the operator, and starts and stops its background loops. */
@NullMarked
package dev.irsa.runtime;

import org.jspecify.annotations.NullMarked;
