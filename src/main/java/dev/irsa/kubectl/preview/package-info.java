/** Shows what a reconcile would write, without writing it. */
@NullMarked
package dev.irsa.kubectl.preview;

import org.jspecify.annotations.NullMarked;
