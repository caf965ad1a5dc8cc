package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.text.PlainText;
import java.util.Optional;

/**
 * The role of a resource in another AWS account than that of the operator. The plugin does not read it yet: the credentials of its user
 * are for one account, and its user needs no permission to read an IamAccount. So only the resource shows where the role is.
 *
 * @param iamAccount the name of the IamAccount
 * @param arn as the resource shows it; empty until the operator has created the role
 */
public record RoleInOtherAccount(String iamAccount, Optional<String> arn) {
    /** Returns the role of a resource; empty if it is in the account of the operator. */
    public static Optional<RoleInOtherAccount> of(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getSpec())
                .map(IamServiceAccountSpec::accountName)
                .filter(name -> !name.isEmpty())
                .map(name -> new RoleInOtherAccount(name, arn(resource)));
    }

    private static Optional<String> arn(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getStatus())
                .map(IamServiceAccountStatus::roleARN)
                .or(() -> Optional.ofNullable(resource.getSpec().externalRole()).map(ExternalRoleSpec::arn))
                .filter(arn -> RoleArn.of(arn).isPresent());
    }

    /** Returns whether it is the role with this ARN. */
    public boolean is(String other) {
        return arn.filter(other::equals).isPresent();
    }

    /** Returns why nothing is known about the role. */
    public String notRead() {
        return "the role is in "
                + arn.flatMap(RoleArn::of)
                        .map(parsed -> "account " + parsed.account() + " (IamAccount " + PlainText.of(iamAccount) + ")")
                        .orElse("the account of IamAccount " + PlainText.of(iamAccount))
                + ", which kubectl irsa does not read yet";
    }
}
