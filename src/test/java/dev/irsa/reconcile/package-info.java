/** The reconcile on trial: its invariants, its budgets, and what it does when the world fails. */
@NullMarked
package dev.irsa.reconcile;

import org.jspecify.annotations.NullMarked;
