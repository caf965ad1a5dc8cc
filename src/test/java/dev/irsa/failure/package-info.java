/** Tests of dev.irsa.failure. */
@NullMarked
package dev.irsa.failure;

import org.jspecify.annotations.NullMarked;
