/** Checks the dependencies between packages and the conventions of the code. */
@NullMarked
package dev.irsa.architecture;

import org.jspecify.annotations.NullMarked;
