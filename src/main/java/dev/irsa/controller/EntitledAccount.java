package dev.irsa.controller;

import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;

/**
 * An AWS account whose roles entitlements allow.
 *
 * @param identities the identity of the cluster there
 * @param authorizer decides by the entitlements for the account
 */
public record EntitledAccount(ClusterIdentitySource identities, EntitlementAuthorizer authorizer) {}
