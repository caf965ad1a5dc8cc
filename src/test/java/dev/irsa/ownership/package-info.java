/** Tests of dev.irsa.ownership. */
@NullMarked
package dev.irsa.ownership;

import org.jspecify.annotations.NullMarked;
