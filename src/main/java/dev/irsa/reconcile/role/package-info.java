/** The IAM role of a resource: observes it, writes it, and deletes or retains it. */
@NullMarked
package dev.irsa.reconcile.role;

import org.jspecify.annotations.NullMarked;
