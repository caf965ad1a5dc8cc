/** Tests of dev.irsa.desired. */
@NullMarked
package dev.irsa.desired;

import org.jspecify.annotations.NullMarked;
