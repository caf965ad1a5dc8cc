/** Shows what a reconcile would write, without writing it. */
@NullMarked
package dev.irsa.reconcile.preview;

import org.jspecify.annotations.NullMarked;
