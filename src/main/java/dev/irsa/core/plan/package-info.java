/** Computes the ordered list of changes that turns the observed state into the desired state. */
@NullMarked
package dev.irsa.core.plan;

import org.jspecify.annotations.NullMarked;
