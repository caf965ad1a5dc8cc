/** Derives the desired role and ServiceAccount from a resource's spec. */
@NullMarked
package dev.irsa.core.desired;

import org.jspecify.annotations.NullMarked;
