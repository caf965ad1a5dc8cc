package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.maker.RoleMaker;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The AWS credentials of one ServiceAccount.
 *
 * @param exists whether the ServiceAccount exists
 * @param path how new pods get them
 * @param roleArn the role of new pods; empty if it is not known, or there is none
 * @param accountId of the AWS account of the role, or in which it will be created; empty if it is not known
 * @param owner the IamServiceAccount; empty if there is none
 * @param podsWithOldCredentials empty if the pods could not be read
 */
public record CredentialsRow(
        AccountKey account,
        boolean exists,
        CredentialsPath path,
        Optional<String> roleArn,
        Optional<String> accountId,
        RoleMaker managedBy,
        Optional<IamServiceAccount> owner,
        OptionalInt podsWithOldCredentials) {
    /**
     * The Ready condition of an IamServiceAccount.
     *
     * @param status True, False or Unknown
     * @param reason empty until the operator has observed the resource
     */
    record Readiness(String status, Optional<String> reason, Optional<String> message) {}

    /** Returns the role of the annotation; empty if the ServiceAccount has none. */
    Optional<String> annotatedRoleArn() {
        return path.annotation();
    }

    /** Returns an empty set if nothing is delivered yet. */
    Set<Delivery> deliveredBy() {
        return path.deliveries();
    }

    /** Returns the ID of the Pod Identity association; empty if there is none, or it is not known. */
    Optional<String> associationId() {
        return path.association().map(Association::id).filter(id -> !id.isEmpty());
    }

    /** Returns the name of the IamServiceAccount; empty if there is none. */
    Optional<String> resource() {
        return owner.map(resource -> resource.getMetadata().getName());
    }

    /** Returns the name of the IamAccount of the role; empty if it is in the account of the operator, or of others. */
    Optional<String> iamAccount() {
        return owner.flatMap(RoleInOtherAccount::of).map(RoleInOtherAccount::iamAccount);
    }

    /** Returns what an entitlement requires of the role and the role does not have. */
    List<String> missingRequirements() {
        return owner.flatMap(resource -> Optional.ofNullable(resource.getStatus()))
                .map(IamServiceAccountStatus::missingRequirements)
                .orElse(List.of());
    }

    /** Returns the Ready condition of the IamServiceAccount; empty if there is none. */
    Optional<Readiness> ready() {
        return owner.map(resource -> resource.ready()
                .map(ready -> new Readiness(ready.status(), Optional.of(ready.reason()), Optional.of(ready.message())))
                .orElse(new Readiness("Unknown", Optional.empty(), Optional.empty())));
    }
}
