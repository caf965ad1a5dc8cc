package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is allowed, and to whom. What it does not say is not allowed. */
@Stored
@ValidationRule(
        value = "!has(self.managedPolicies) || self.managedPolicies.all(p, p.matches(" + PolicyNames.IS_GLOB + "))",
        fieldPath = ".managedPolicies",
        messageExpression = "\"managedPolicies: '\" + self.managedPolicies.filter(p, !p.matches(" + PolicyNames.IS_GLOB
                + "))[0] + \"' is neither the ARN of a managed policy nor the name of an AWS managed policy; * and ? may "
                + "stand in the path and the name, as in AmazonS3* or arn:aws:iam::111122223333:policy/payments/*\"",
        message = "managedPolicies holds neither the ARN of a managed policy nor the name of an AWS managed policy")
@ValidationRule(
        value = "!has(self.inlineActions) || self.inlineActions.all(a, a.matches(" + IamEntitlementSpec.IS_ACTION
                + "))",
        fieldPath = ".inlineActions",
        messageExpression = "\"inlineActions: '\" + self.inlineActions.filter(a, !a.matches("
                + IamEntitlementSpec.IS_ACTION + "))[0] + \"' is no action: write * or service:Name, with * and ? in "
                + "the name only, as in s3:Get*\"",
        message = "inlineActions holds what is no action")
@ValidationRule(
        value = "!has(self.permissionsBoundaryArn) || self.permissionsBoundaryArn.matches(" + PolicyNames.IS_ARN + ")",
        fieldPath = ".permissionsBoundaryArn",
        message = "permissionsBoundaryArn must be the ARN of a managed policy, such as "
                + "arn:aws:iam::111122223333:policy/boundary")
@SchemaCustomizer(EntitlementLists.class)
public record IamEntitlementSpec(
        @Required
        @JsonPropertyDescription("The namespaces it is for, by their labels. {} selects all of them.")
        @Nullable
        NamespaceSelector namespaceSelector,

        @Size(max = 100)
        @JsonPropertyDescription("Managed policies that may be attached: ARNs, or names of AWS managed policies; * "
                + "stands for any characters and ? for one. Default: none.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managedPolicies,

        @Size(max = 200)
        @JsonPropertyDescription(
                "Actions that inline policies may allow, such as s3:Get* or dynamodb:*; * alone is all "
                        + "of them. What an inline policy denies is free. Default: none, and so no inline policy that allows "
                        + "anything.")
        List<@Size(max = 128) String> inlineActions,

        @Size(max = PolicyNames.MAX_LENGTH)
        @JsonPropertyDescription("ARN of the managed policy that bounds each role: given to each, and required on it. "
                + "Default: none.")
        @Nullable
        String permissionsBoundaryArn,

        @Size(max = 50)
        @JsonPropertyDescription("Tags that a role may be given. Sessions carry them as aws:PrincipalTag, so they are "
                + "privileges wherever policies look at them. Default: none.")
        List<TagLimit> tags,

        @JsonPropertyDescription(
                "Whether role.name and role.path may be chosen, the path under that of the operator or "
                        + "one that it may adopt in. Default: false.")
        boolean customRoleNames,

        @Min(0)
        @JsonPropertyDescription("How many roles a namespace may have, counted by age; one that is there is never "
                + "taken away. Default: any number.")
        @Nullable
        Integer maxRolesPerNamespace) {
    /** {@code r'^…$'}: a lone star, or a service and the name of an action, wildcards in the name only. */
    static final String IS_ACTION = "r'^([*]|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$'";

    public IamEntitlementSpec {
        managedPolicies = List.copyOf(Objects.requireNonNullElse(managedPolicies, List.of()));
        inlineActions = List.copyOf(Objects.requireNonNullElse(inlineActions, List.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }

    /** Whether it is for a namespace with these labels; without a selector, which the schema requires, it is for none. */
    public boolean selects(Map<String, String> namespaceLabels) {
        return namespaceSelector != null && namespaceSelector.selects(namespaceLabels);
    }
}
