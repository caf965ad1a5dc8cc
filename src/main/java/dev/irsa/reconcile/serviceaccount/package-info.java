/** The ServiceAccounts of a resource: which resource owns one, and how a role is withdrawn from it. */
@NullMarked
package dev.irsa.reconcile.serviceaccount;

import org.jspecify.annotations.NullMarked;
