/** Elects the replica that may write, and fences the writes of the others. */
@NullMarked
package dev.irsa.leader;

import org.jspecify.annotations.NullMarked;
