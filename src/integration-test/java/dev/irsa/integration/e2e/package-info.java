/** Tests the operator as a process of its own, against a real control plane and moto. */
@NullMarked
package dev.irsa.integration.e2e;

import org.jspecify.annotations.NullMarked;
