/** Sees whether an installation works, with an object of its own. */
@NullMarked
package dev.irsa.check;

import org.jspecify.annotations.NullMarked;
