/** Reads permissions boundaries in the background, so that no reconcile has to. */
@NullMarked
package dev.irsa.reconcile.boundary;

import org.jspecify.annotations.NullMarked;
