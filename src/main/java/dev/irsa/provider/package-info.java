/** What is known of the cluster's IAM OIDC provider, and what has to be done when it lacks something. */
@NullMarked
package dev.irsa.provider;

import org.jspecify.annotations.NullMarked;
