package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** What resources may request. Anything that is not listed is not allowed. */
@Stored
@ValidationRule(
        value = "!has(self.managedPolicies) || self.managedPolicies.all(p, p.matches(" + PolicyNames.IS_GLOB + "))",
        fieldPath = ".managedPolicies",
        messageExpression = "\"allow.managedPolicies: '\" + self.managedPolicies.filter(p, !p.matches("
                + PolicyNames.IS_GLOB
                + "))[0] + \"' is neither the ARN of a managed policy nor the name of an AWS managed policy; use * and ? only "
                + "in the path and the name, as in AmazonS3* or arn:aws:iam::111122223333:policy/payments/*\"",
        message = "allow.managedPolicies has an entry that is neither the ARN of a managed policy nor the name of an "
                + "AWS managed policy")
@ValidationRule(
        value = "!has(self.inlineActions) || self.inlineActions.all(a, a.matches(" + AllowSpec.IS_ACTION + "))",
        fieldPath = ".inlineActions",
        messageExpression =
                "\"allow.inlineActions: '\" + self.inlineActions.filter(a, !a.matches(" + AllowSpec.IS_ACTION
                        + "))[0] + \"' is not an action; write * or service:Name, with * and ? only in the name, as in s3:Get*\"",
        message = "allow.inlineActions has an entry that is not an action")
@ValidationRule(
        value = "!has(self.roleNames) || self.roleNames.all(n, n.matches(" + AllowSpec.IS_NAME_GLOB + "))",
        fieldPath = ".roleNames",
        messageExpression = "\"allow.roleNames: '\" + self.roleNames.filter(n, !n.matches(" + AllowSpec.IS_NAME_GLOB
                + "))[0] + \"' cannot match the name of a role; use letters, digits, the characters _+=,.@- and the "
                + "wildcards * and ?, as in payments-*\"",
        message = "allow.roleNames has an entry that cannot match the name of a role")
@ValidationRule(
        value = "!has(self.rolePaths) || self.rolePaths.all(p, p.matches(" + AllowSpec.IS_PATH_GLOB + "))",
        fieldPath = ".rolePaths",
        messageExpression = "\"allow.rolePaths: '\" + self.rolePaths.filter(p, !p.matches(" + AllowSpec.IS_PATH_GLOB
                + "))[0] + \"' cannot match the path of a role; begin with / and end with / or *, and use letters, "
                + "digits, the characters _+=,.@- and the wildcards * and ? between single slashes, as in "
                + "/irsa/production/payments/*\"",
        message = "allow.rolePaths has an entry that cannot match the path of a role")
@ValidationRule(
        value = "!has(self.externalRoleARNs) || self.externalRoleARNs.all(r, r.matches(" + RoleArns.IS_GLOB + "))",
        fieldPath = ".externalRoleARNs",
        messageExpression = "\"allow.externalRoleARNs: '\" + self.externalRoleARNs.filter(r, !r.matches("
                + RoleArns.IS_GLOB
                + "))[0] + \"' is not the ARN of a role; write the partition and the account literally, and * and ? "
                + "only in the path and the name, as in arn:aws:iam::111122223333:role/payments/*\"",
        message = "allow.externalRoleARNs has an entry that is not the ARN of a role")
@SchemaCustomizer(
        value = SchemaDetails.class,
        input =
                "templates=map:name managedPolicies=set inlineActions=set tags=map:key roleNames=set rolePaths=set externalRoleARNs=set "
                        + "deletionPolicies=set")
public record AllowSpec(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription("Policy templates that may be used, and the values of their parameters. inlineActions "
                + "does not restrict them. Default: none.")
        List<TemplateLimit> templates,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100)
        @JsonPropertyDescription(
                "Managed policies that may be attached: ARNs or names of AWS managed policies, with the "
                        + "wildcards * and ?. Default: none.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managedPolicies,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 200)
        @JsonPropertyDescription("Actions that inline policies may allow, such as s3:Get*, dynamodb:* or * for all "
                + "actions. Deny statements are not restricted. Default: none.")
        List<@Size(max = 128) String> inlineActions,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription("Tags that a role may have. Sessions carry them as aws:PrincipalTag, so a tag can "
                + "grant access where a policy evaluates it. Default: none.")
        List<TagLimit> tags,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription("Names that role.name may have, with the wildcards * and ?. Default: none, so the "
                + "operator derives the name.")
        List<@Size(min = 1, max = 64) String> roleNames,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription("Paths that role.path may have, with the wildcards * and ?, which also match /. The "
                + "operator's role path, adoption paths or adoption roles must also cover the role. "
                + "Default: only the role path of the operator.")
        List<@Size(min = 1, max = 512) String> rolePaths,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100)
        @JsonPropertyDescription(
                "ARNs of roles that externalRole may name, with a literal partition and account. In the "
                        + "path and the name, the wildcards * and ? also match /. Default: none.")
        List<@Size(max = RoleArns.MAX_LENGTH) String> externalRoleARNs,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 2)
        @JsonPropertyDescription(
                "Values of deletionPolicy that take effect. With Retain, a role outlives its resource, "
                        + "and a ServiceAccount of that name can still assume it. Delete is always allowed. "
                        + "Default: Delete only.")
        List<DeletionPolicy> deletionPolicies) {
    /** {@code r'^…$'}: a single star, or a service and an action name with wildcards only in the name. */
    static final String IS_ACTION = "r'^([*]|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$'";

    /** {@code r'^…$'}: the name of a role with wildcards. */
    static final String IS_NAME_GLOB = "r'^[A-Za-z0-9_+=,.@*?-]+$'";

    /** {@code r'^…$'}: the path of a role with wildcards. A star at the end also matches what the path needs there. */
    static final String IS_PATH_GLOB = "r'^/([A-Za-z0-9_+=,.@*?-]+/)*([A-Za-z0-9_+=,.@*?-]*[*])?$'";

    /** Roles without permissions. */
    static final AllowSpec NOTHING =
            new AllowSpec(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public AllowSpec {
        templates = List.copyOf(Objects.requireNonNullElse(templates, List.of()));
        managedPolicies = List.copyOf(Objects.requireNonNullElse(managedPolicies, List.of()));
        inlineActions = List.copyOf(Objects.requireNonNullElse(inlineActions, List.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
        roleNames = List.copyOf(Objects.requireNonNullElse(roleNames, List.of()));
        rolePaths = List.copyOf(Objects.requireNonNullElse(rolePaths, List.of()));
        externalRoleARNs = List.copyOf(Objects.requireNonNullElse(externalRoleARNs, List.of()));
        deletionPolicies = List.copyOf(Objects.requireNonNullElse(deletionPolicies, List.of()));
    }
}
