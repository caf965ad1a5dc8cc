/** Writes the custom resource definitions of the resources below. */
@NullMarked
package dev.irsa.api;

import org.jspecify.annotations.NullMarked;
