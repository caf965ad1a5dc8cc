/** How pods obtain the credentials of a role, and its EKS Pod Identity associations. */
@NullMarked
package dev.irsa.reconcile.association;

import org.jspecify.annotations.NullMarked;
