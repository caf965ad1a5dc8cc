/** Implements the Kubernetes ports of {@code kubectl irsa}: ServiceAccounts, pods, webhooks, agents, and issuers. */
@NullMarked
package dev.irsa.kubectl.kubernetes;

import org.jspecify.annotations.NullMarked;
