/** Implements the Kubernetes ports: ServiceAccounts, finalizers, statuses, events and discovery. */
@NullMarked
package dev.irsa.kubernetes;

import org.jspecify.annotations.NullMarked;
