/** Implements the commands of the {@code irsa-operator} program. */
@NullMarked
package dev.irsa.cli;

import org.jspecify.annotations.NullMarked;
