/** Runs the comparison with AWS against the emulators. */
@NullMarked
package dev.irsa.integration.conformance;

import org.jspecify.annotations.NullMarked;
