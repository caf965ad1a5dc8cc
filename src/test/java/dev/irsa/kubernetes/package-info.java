/** Tests of dev.irsa.kubernetes. */
@NullMarked
package dev.irsa.kubernetes;

import org.jspecify.annotations.NullMarked;
