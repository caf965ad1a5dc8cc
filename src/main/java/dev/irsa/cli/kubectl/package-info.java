/** Implements the commands of {@code kubectl irsa}: parses their flags, and connects what they read. */
@NullMarked
package dev.irsa.cli.kubectl;

import org.jspecify.annotations.NullMarked;
