/** Tests of dev.irsa.port. */
@NullMarked
package dev.irsa.port;

import org.jspecify.annotations.NullMarked;
