/** The edge to the API server: ServiceAccounts, finalizers, events, and who this cluster is. */
@NullMarked
package dev.irsa.kubernetes;

import org.jspecify.annotations.NullMarked;
