package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
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
@ValidationRule(
        value = "!has(self.managedPolicies) || self.managedPolicies.all(p, p.matches(" + PolicyNames.IS_ARN_OR_NAME
                + "))",
        fieldPath = ".managedPolicies",
        messageExpression =
                "\"require.managedPolicies: '\" + self.managedPolicies.filter(p, !p.matches("
                        + PolicyNames.IS_ARN_OR_NAME
                        + "))[0] + \"' is not a managed policy; use an ARN without wildcards, or the name of an AWS managed policy\"",
        message =
                "require.managedPolicies has an entry that is neither the ARN of a managed policy nor the name of an AWS "
                        + "managed policy")
@SchemaCustomizer(value = SchemaDetails.class, input = "managedPolicies=set tags=map:key")
public record RequireSpec(
        @Size(max = PolicyNames.MAX_LENGTH)
        @JsonPropertyDescription("ARN of the managed policy that every role must have as its permissions boundary. The "
                + "operator sets it if the spec sets none. Default: none.")
        @Nullable
        String permissionsBoundaryARN,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 10)
        @JsonPropertyDescription("Managed policies that every role has: ARNs or names of AWS managed policies. The "
                + "operator attaches them first, and they count in the account's quota of managed policies "
                + "of a role. Default: none.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managedPolicies,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 20)
        @JsonPropertyDescription("Tags that every role has. Sessions carry them as aws:PrincipalTag. Default: none.")
        List<RequiredTag> tags) {
    /** Nothing is required. */
    static final RequireSpec NOTHING = new RequireSpec(null, List.of(), List.of());

    public RequireSpec {
        managedPolicies = List.copyOf(Objects.requireNonNullElse(managedPolicies, List.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }

    /** Requires this permissions boundary, and nothing else. */
    public static RequireSpec boundary(@Nullable String arn) {
        return new RequireSpec(arn, List.of(), List.of());
    }
}
