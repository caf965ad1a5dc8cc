package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What every role has that an entitlement allows. */
@Stored
@ValidationRule(
        value = "!has(self.permissionsBoundaryARN) || self.permissionsBoundaryARN.matches(" + PolicyNames.IS_ARN + ")",
        fieldPath = ".permissionsBoundaryARN",
        messageExpression =
                "\"require.permissionsBoundaryARN: '\" + self.permissionsBoundaryARN + \"' is not the ARN of a "
                        + "managed policy; write one such as arn:aws:iam::111122223333:policy/boundary\"",
        message = "require.permissionsBoundaryARN must be the ARN of a managed policy")
public record RequireSpec(
        @Size(max = PolicyNames.MAX_LENGTH)
        @JsonPropertyDescription("ARN of the managed policy that every role must have as its permissions boundary. The "
                + "operator sets it on roles whose spec sets none. Default: none.")
        @Nullable
        String permissionsBoundaryARN) {
    /** Nothing is required. */
    static final RequireSpec NOTHING = new RequireSpec(null);
}
