package dev.irsa.controller;

import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import java.util.function.BooleanSupplier;

/**
 * An AWS account whose roles entitlements allow.
 *
 * @param identities the identity of the cluster there
 * @param isUsable returns whether resources can be decided on there
 * @param authorizer decides by the entitlements for the account
 */
public record EntitledAccount(
        ClusterIdentitySource identities, BooleanSupplier isUsable, EntitlementAuthorizer authorizer) {}
