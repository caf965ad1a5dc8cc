/** Applies entitlements and role quotas to a resource. */
@NullMarked
package dev.irsa.reconcile.authorization;

import org.jspecify.annotations.NullMarked;
