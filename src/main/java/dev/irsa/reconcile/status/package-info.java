/** Builds conditions, statuses and events from the result of a reconcile. */
@NullMarked
package dev.irsa.reconcile.status;

import org.jspecify.annotations.NullMarked;
