/** Defines the interfaces to IAM, the API server and the clock, and the values that cross them. */
@NullMarked
package dev.irsa.port;

import org.jspecify.annotations.NullMarked;
