/** Tests the operator as a separate process against a real control plane and moto. */
@NullMarked
package dev.irsa.integration.e2e;

import org.jspecify.annotations.NullMarked;
