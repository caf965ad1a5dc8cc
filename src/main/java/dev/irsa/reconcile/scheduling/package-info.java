/** Decides when a resource may call AWS and when it is retried. */
@NullMarked
package dev.irsa.reconcile.scheduling;

import org.jspecify.annotations.NullMarked;
