package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is allowed, and in which namespaces. Anything that is not listed is not allowed. */
@Stored
@ValidationRule(
        value = "!has(self.managedPolicies) || self.managedPolicies.all(p, p.matches(" + PolicyNames.IS_GLOB + "))",
        fieldPath = ".managedPolicies",
        messageExpression = "\"managedPolicies: '\" + self.managedPolicies.filter(p, !p.matches(" + PolicyNames.IS_GLOB
                + "))[0] + \"' is neither the ARN of a managed policy nor the name of an AWS managed policy; use * and ? only "
                + "in the path and the name, as in AmazonS3* or arn:aws:iam::111122223333:policy/payments/*\"",
        message = "managedPolicies has an entry that is neither the ARN of a managed policy nor the name of an AWS "
                + "managed policy")
@ValidationRule(
        value = "!has(self.inlineActions) || self.inlineActions.all(a, a.matches(" + IamEntitlementSpec.IS_ACTION
                + "))",
        fieldPath = ".inlineActions",
        messageExpression = "\"inlineActions: '\" + self.inlineActions.filter(a, !a.matches("
                + IamEntitlementSpec.IS_ACTION + "))[0] + \"' is not an action; write * or service:Name, with * and ? "
                + "only in the name, as in s3:Get*\"",
        message = "inlineActions has an entry that is not an action")
@ValidationRule(
        value = "!has(self.externalRoleArns) || self.externalRoleArns.all(r, r.matches(" + RoleArns.IS_GLOB + "))",
        fieldPath = ".externalRoleArns",
        messageExpression = "\"externalRoleArns: '\" + self.externalRoleArns.filter(r, !r.matches(" + RoleArns.IS_GLOB
                + "))[0] + \"' is not the ARN of a role; write the partition and the account literally, and * and ? "
                + "only in the path and the name, as in arn:aws:iam::111122223333:role/payments/*\"",
        message = "externalRoleArns has an entry that is not the ARN of a role")
@ValidationRule(
        value = "!has(self.permissionsBoundaryArn) || self.permissionsBoundaryArn.matches(" + PolicyNames.IS_ARN + ")",
        fieldPath = ".permissionsBoundaryArn",
        message = "permissionsBoundaryArn must be the ARN of a managed policy, such as "
                + "arn:aws:iam::111122223333:policy/boundary")
@ValidationRule(
        value = "!has(self.roleNamePrefix) || self.roleNamePrefix.matches(r'^[A-Za-z0-9_+=,.@-]+$')",
        fieldPath = ".roleNamePrefix",
        message = "roleNamePrefix must be the beginning of an IAM name: letters, digits and the characters _+=,.@-")
@SchemaCustomizer(
        value = ListTypes.class,
        input = "managedPolicies inlineActions externalRoleArns deletionPolicies tags=key templates=name")
public record IamEntitlementSpec(
        @Required
        @JsonPropertyDescription(
                "Selects the namespaces that this entitlement applies to, by label. {} selects all namespaces.")
        @Nullable
        NamespaceSelector namespaceSelector,

        @Size(max = 100)
        @JsonPropertyDescription("Managed policies that may be attached: ARNs or names of AWS managed policies. * "
                + "matches any number of characters and ? matches one. Default: none.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managedPolicies,

        @Size(max = 200)
        @JsonPropertyDescription("Actions that inline policies may allow, such as s3:Get* or dynamodb:*. A single * "
                + "allows all actions. Deny statements are not restricted. Default: none, so inline "
                + "policies may not allow any action.")
        List<@Size(max = 128) String> inlineActions,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
                "Policy templates that may be used, and the values that their parameters may have. What a "
                        + "template allows is not restricted by inlineActions. Default: none.")
        List<TemplateLimit> templates,

        @Size(max = PolicyNames.MAX_LENGTH)
        @JsonPropertyDescription("ARN of the managed policy that every role must have as its permissions boundary. The "
                + "operator sets it on roles whose spec sets none. Default: none.")
        @Nullable
        String permissionsBoundaryArn,

        @Size(max = 50)
        @JsonPropertyDescription("Tags that a role may have. Sessions carry them as aws:PrincipalTag, so a tag can "
                + "grant access where a policy evaluates it. Default: none.")
        List<TagLimit> tags,

        @JsonPropertyDescription("Whether role.name and role.path may be set. The path must be under the role path of "
                + "the operator or one of its adoption paths. Otherwise, the role must be one of its adoption roles. "
                + "Default: false.")
        boolean customRoleNames,

        @Size(max = 63)
        @JsonPropertyDescription("Prefix of every name in role.name, in upper and lower case as given. Names that the "
                + "operator derives are not affected. Default: none, so that any name is allowed if customRoleNames is "
                + "true.")
        @Nullable
        String roleNamePrefix,

        @Min(RoleSpec.MIN_SESSION_SECONDS)
        @Max(RoleSpec.MAX_SESSION_SECONDS)
        @JsonPropertyDescription("Longest role.maxSessionDurationSeconds that is allowed, in seconds, 3600 to 43200. "
                + "Default: no limit.")
        @Nullable
        Integer maxSessionDurationSeconds,

        @Min(0)
        @JsonPropertyDescription(
                "Maximum number of roles in a namespace. Older resources take precedence. The operator "
                        + "never deletes an existing role to meet the limit. Default: no limit.")
        @Nullable
        Integer maxRolesPerNamespace,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100)
        @JsonPropertyDescription(
                "Roles that others manage and that role.external may name: ARNs with a literal partition and account. "
                        + "In the path and the name, * matches any number of characters, also /, and ? matches one. "
                        + "Default: none.")
        List<@Size(max = RoleArns.MAX_LENGTH) String> externalRoleArns,

        @Min(1)
        @Max(1 + ServiceAccountSpec.MAX_ADDITIONAL)
        @JsonPropertyDescription(
                "Maximum number of ServiceAccounts that may assume one role: the first one and those in "
                        + "serviceAccount.additional, 1 to 10. Default: 1.")
        @Nullable
        Integer maxServiceAccountsPerRole,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 2)
        @JsonPropertyDescription(
                "Values of deletionPolicy that take effect. Retain lets a role outlive its resource, and a ServiceAccount of "
                        + "that name can still assume it. Delete is always allowed. Default: Delete only.")
        List<DeletionPolicy> deletionPolicies) {
    /** {@code r'^…$'}: a single star, or a service and an action name with wildcards only in the name. */
    static final String IS_ACTION = "r'^([*]|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$'";

    public IamEntitlementSpec {
        managedPolicies = List.copyOf(Objects.requireNonNullElse(managedPolicies, List.of()));
        inlineActions = List.copyOf(Objects.requireNonNullElse(inlineActions, List.of()));
        templates = List.copyOf(Objects.requireNonNullElse(templates, List.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
        externalRoleArns = List.copyOf(Objects.requireNonNullElse(externalRoleArns, List.of()));
        deletionPolicies = List.copyOf(Objects.requireNonNullElse(deletionPolicies, List.of()));
    }

    /** Returns the same limits without one on the number of roles. */
    public IamEntitlementSpec withoutRoleQuota() {
        return new IamEntitlementSpec(
                namespaceSelector,
                managedPolicies,
                inlineActions,
                templates,
                permissionsBoundaryArn,
                tags,
                customRoleNames,
                roleNamePrefix,
                maxSessionDurationSeconds,
                null,
                externalRoleArns,
                maxServiceAccountsPerRole,
                deletionPolicies);
    }

    /** Returns whether the entitlement applies to a namespace with these labels. Without a selector, it applies to none. */
    public boolean selects(Map<String, String> namespaceLabels) {
        return namespaceSelector != null && namespaceSelector.selects(namespaceLabels);
    }
}
