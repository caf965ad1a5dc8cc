package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A role that others manage. */
@Stored
@ValidationRule(
        value = "self.arn.matches(" + RoleArns.IS_ARN + ")",
        fieldPath = ".arn",
        messageExpression = "\"externalRole.arn: '\" + self.arn + \"' is not the ARN of a role; write one such as "
                + "arn:aws:iam::111122223333:role/payments/invoices, without wildcards\"",
        message = "externalRole.arn must be the ARN of a role")
public record ExternalRoleSpec(
        @Required @Size(max = RoleArns.MAX_LENGTH) @JsonPropertyDescription("ARN of the role, also in another account.")
        String arn) {}
