/** Reads all roles in bulk, detects drift and finds orphaned roles. */
@NullMarked
package dev.irsa.sweep;

import org.jspecify.annotations.NullMarked;
