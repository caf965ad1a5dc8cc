package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The account, and how the operator gets access to it.
 *
 * <p>The rules for immutable fields are declared here, because the API server does not evaluate a transition rule of a field that is
 * added or removed.
 */
@Stored
@ValidationRule(
        value = "self.accountID == oldSelf.accountID",
        fieldPath = ".accountID",
        message = "accountID is immutable because roles cannot move to another account; create another IamAccount")
@ValidationRule(
        value = "(has(self.rolePath) ? self.rolePath : '') == (has(oldSelf.rolePath) ? oldSelf.rolePath : '')",
        fieldPath = ".rolePath",
        message =
                "rolePath is immutable because IAM cannot move a role; create another IamAccount after you have deleted "
                        + "the resources that use this one")
@ValidationRule(
        value = "self.roleARN.matches(" + RoleArns.IS_ARN + ")",
        fieldPath = ".roleARN",
        messageExpression = "\"roleARN: '\" + self.roleARN + \"' is not the ARN of a role; write one such as "
                + "arn:aws:iam::444455556666:role/irsa-operator\"",
        message = "roleARN must be the ARN of a role")
@ValidationRule(
        value = "self.roleARN.contains('::' + self.accountID + ':role/')",
        fieldPath = ".roleARN",
        message = "roleARN must be a role of the account accountID")
@ValidationRule(
        value = "!has(self.rolePath) || self.rolePath.matches(r'^/([A-Za-z0-9_+=,.@-]+/)+$')",
        fieldPath = ".rolePath",
        messageExpression =
                "\"rolePath: '\" + self.rolePath + \"' must start and end with '/' and have a name in between, "
                        + "as in /irsa/production/\"",
        message = "rolePath must start and end with '/' and have a name in between, as in /irsa/production/")
@ValidationRule(
        value = "!has(self.rolePath) || !self.roleARN.contains(':role' + self.rolePath)",
        fieldPath = ".roleARN",
        message =
                "roleARN is below rolePath, so the operator could change the role through which it gets access; move the "
                        + "role to another path")
public record IamAccountSpec(
        @Required
        @Size(min = 12, max = 12)
        @Pattern("^[0-9]{12}$")
        @JsonPropertyDescription("ID of the AWS account, 12 digits in quotation marks. Immutable.")
        String accountID,

        @Required
        @Size(max = RoleArns.MAX_LENGTH)
        @JsonPropertyDescription("ARN of the role in the account that the operator assumes.")
        String roleARN,

        @Size(min = 2, max = 1224)
        @Pattern("^[A-Za-z0-9_+=,.@:/-]*$")
        @JsonPropertyDescription("External ID that the trust policy of the role requires. Default: none.")
        @Nullable
        String externalID,

        @Size(max = 512)
        @JsonPropertyDescription(
                "Path of the roles in the account, such as /irsa/production/. Default: the role path of the operator. Immutable.")
        @Nullable
        String rolePath,

        @JsonPropertyDescription(
                "What the operator does about the IAM OIDC provider for the cluster's issuer in the account. "
                        + "Check (default): it checks that the provider exists. Create: it also creates the provider.")
        OidcProviderPolicy oidcProvider,

        @JsonPropertyDescription(
                "What the operator does in the account. Manage (default): it manages roles. Abandon: it no longer calls the account, "
                        + "and lets resources be deleted without their roles, for an account that is closed.")
        AccountAccess access) {
    public IamAccountSpec {
        oidcProvider = Objects.requireNonNullElse(oidcProvider, OidcProviderPolicy.Check);
        access = Objects.requireNonNullElse(access, AccountAccess.Manage);
    }
}
