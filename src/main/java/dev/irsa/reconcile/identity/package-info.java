/** Resolves the cluster's AWS identity and reconciles its OIDC provider, once for all resources. */
@NullMarked
package dev.irsa.reconcile.identity;

import org.jspecify.annotations.NullMarked;
