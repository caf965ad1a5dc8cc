/** Tests the core as a whole. */
@NullMarked
package dev.irsa.core;

import org.jspecify.annotations.NullMarked;
