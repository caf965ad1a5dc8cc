/** Rules about all of the code. */
@NullMarked
package dev.irsa.architecture;

import org.jspecify.annotations.NullMarked;
