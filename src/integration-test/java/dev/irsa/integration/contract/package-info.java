/** Runs the contract tests of the emulators against moto and a real API server. */
@NullMarked
package dev.irsa.integration.contract;

import org.jspecify.annotations.NullMarked;
