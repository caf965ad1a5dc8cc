/** Roles that the operator manages: the way from a resource to a role, and the deletion. */
@NullMarked
package dev.irsa.reconcile.managed;

import org.jspecify.annotations.NullMarked;
