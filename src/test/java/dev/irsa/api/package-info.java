/** Tests of the resources' definitions. */
@NullMarked
package dev.irsa.api;

import org.jspecify.annotations.NullMarked;
