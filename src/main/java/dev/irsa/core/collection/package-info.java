/** Copies of collections. */
@NullMarked
package dev.irsa.core.collection;

import org.jspecify.annotations.NullMarked;
