package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import java.util.Optional;

/**
 * The role of a resource in another AWS account than that of the operator, as the resource shows it.
 *
 * @param iamAccount the name of the IamAccount
 * @param arn empty until the operator has created the role
 * @param hasDefaultPath whether the path of the role is that of all roles of the operator in the account
 */
public record RoleInOtherAccount(String iamAccount, Optional<String> arn, boolean hasDefaultPath) {
    /** Returns the role of a resource; empty if it is in the account of the operator. */
    public static Optional<RoleInOtherAccount> of(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getSpec())
                .filter(spec -> !spec.accountName().isEmpty())
                .map(spec -> new RoleInOtherAccount(
                        spec.accountName(),
                        arn(resource),
                        spec.externalRole() == null && spec.role().path() == null));
    }

    private static Optional<String> arn(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getStatus())
                .map(IamServiceAccountStatus::roleARN)
                .or(() -> Optional.ofNullable(resource.getSpec().externalRole()).map(ExternalRoleSpec::arn))
                .filter(arn -> RoleArn.of(arn).isPresent());
    }

    /** Returns the ARN if its path is that of all roles of the operator in the account. */
    public Optional<RoleArn> withDefaultPath() {
        return arn.filter(_ -> hasDefaultPath).flatMap(RoleArn::of);
    }

    /** Returns whether it is the role with this ARN. */
    public boolean is(String other) {
        return arn.filter(other::equals).isPresent();
    }
}
