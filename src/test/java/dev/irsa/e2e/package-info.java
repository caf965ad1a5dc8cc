/** The operator as its users run it: its own process, a real control plane, moto behind a proxy, kubectl. */
@NullMarked
package dev.irsa.e2e;

import org.jspecify.annotations.NullMarked;
