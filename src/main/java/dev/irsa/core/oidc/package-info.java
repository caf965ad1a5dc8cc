/** Models the state of the cluster's IAM OIDC provider and the remedy when something is missing. */
@NullMarked
package dev.irsa.core.oidc;

import org.jspecify.annotations.NullMarked;
