/** Tests of dev.irsa. */
@NullMarked
package dev.irsa;

import org.jspecify.annotations.NullMarked;
