/** Implements {@code kubectl irsa plan}: what the operator would do for resources in files or in the cluster. */
@NullMarked
package dev.irsa.kubectl.plan;

import org.jspecify.annotations.NullMarked;
