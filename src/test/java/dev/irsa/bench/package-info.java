/** What the operator costs: {@code make bench} measures it as its own process on a real control plane. */
@NullMarked
package dev.irsa.bench;

import org.jspecify.annotations.NullMarked;
