/**
 * Implements the commands of {@code kubectl irsa}: parses their flags, connects what they read, and prints the result. Only this
 * plugin uses this package and the packages inside of it.
 */
@NullMarked
package dev.irsa.kubectl;

import org.jspecify.annotations.NullMarked;
