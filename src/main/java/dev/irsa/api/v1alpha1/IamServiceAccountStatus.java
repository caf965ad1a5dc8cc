package dev.irsa.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has seen and done.
 *
 * @param observedGeneration the generation this status speaks of; -1 before the operator has seen the resource
 * @param role the role, once it is there
 * @param serviceAccount the ServiceAccount, once it is there
 * @param pendingChanges one line for each change that a suspended resource waits for
 * @param conditions Ready, Reconciling, Stalled
 */
public record IamServiceAccountStatus(
        long observedGeneration,
        @Nullable RoleStatus role,
        @Nullable ServiceAccountStatus serviceAccount,
        List<String> pendingChanges,
        List<Condition> conditions) {}
