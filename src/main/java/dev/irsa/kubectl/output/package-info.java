/** Formats what {@code kubectl irsa} prints: tables, symbols, JSON, and YAML. */
@NullMarked
package dev.irsa.kubectl.output;

import org.jspecify.annotations.NullMarked;
