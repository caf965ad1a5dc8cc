/** Contains the entry point of the {@code irsa-operator} program. */
@NullMarked
package dev.irsa;

import org.jspecify.annotations.NullMarked;
