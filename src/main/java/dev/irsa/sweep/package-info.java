/** Reads all roles in bulk, offers each resource what it showed, and finds orphaned roles. */
@NullMarked
package dev.irsa.sweep;

import org.jspecify.annotations.NullMarked;
