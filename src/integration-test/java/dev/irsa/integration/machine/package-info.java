/** Starts the control plane, moto, the fault proxy and the other programs that integration tests need. */
@NullMarked
package dev.irsa.integration.machine;

import org.jspecify.annotations.NullMarked;
