package dev.irsa.kubectl.get;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.kubectl.maker.RoleMaker;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The AWS credentials of one ServiceAccount.
 *
 * @param exists whether the ServiceAccount exists
 * @param roleArn the role of new pods; empty if it is not known, or there is none
 * @param annotatedRoleArn the role of the annotation; empty if the ServiceAccount has none
 * @param deliveredBy empty if nothing is delivered yet
 * @param associationId the ID of the Pod Identity association; empty if there is none, or it is not known
 * @param resource the name of the IamServiceAccount; empty if there is none
 * @param ready of the IamServiceAccount; empty if there is none
 * @param podsWithOldCredentials empty if the pods could not be read
 */
public record CredentialsRow(
        AccountKey account,
        boolean exists,
        Optional<String> roleArn,
        Optional<String> annotatedRoleArn,
        Set<Delivery> deliveredBy,
        Optional<String> associationId,
        RoleMaker managedBy,
        Optional<String> resource,
        Optional<Readiness> ready,
        OptionalInt podsWithOldCredentials) {
    /**
     * The Ready condition of an IamServiceAccount.
     *
     * @param status True, False or Unknown
     * @param reason empty until the operator has observed the resource
     */
    public record Readiness(String status, Optional<String> reason, Optional<String> message) {}
}
