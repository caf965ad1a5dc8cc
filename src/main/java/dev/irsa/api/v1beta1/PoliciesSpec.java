package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The permissions of the role. The list of templates is atomic, because it has no key: a spec may use one template twice, with
 * another {@code policyName}.
 */
@Stored
@ValidationRule(
        value = "!has(self.managed) || self.managed.all(p, p.matches(" + PolicyNames.IS_ARN_OR_NAME + "))",
        fieldPath = ".managed",
        messageExpression = "\"policies.managed: '\" + self.managed.filter(p, !p.matches(" + PolicyNames.IS_ARN_OR_NAME
                + "))[0] + \"' is not a managed policy; use an ARN, or the name of an AWS managed policy, such as "
                + "AmazonS3ReadOnlyAccess or service-role/AmazonEC2RoleforSSM\"",
        message = "policies.managed has an entry that is neither the ARN of a managed policy nor the name of an AWS "
                + "managed policy")
@ValidationRule(
        value = "!has(self.inline) || self.inline.all(p, " + PoliciesSpec.IS_UNIQUE_INLINE + ")",
        fieldPath = ".inline",
        messageExpression = "\"policies.inline: '\" + self.inline.map(p, !" + PoliciesSpec.IS_UNIQUE_INLINE
                + ", p.name)[0] + \"' differs only in case from the name of another policy; IAM may treat them as the same "
                + "name; rename one of them\"",
        message = "policies.inline has two names that differ only in case; IAM may treat them as the same name; "
                + "rename one of them")
@ValidationRule(
        value = "!has(self.templates) || self.templates.all(t, " + PoliciesSpec.IS_UNIQUE_TEMPLATE + ")",
        fieldPath = ".templates",
        messageExpression = "\"policies.templates: '\" + self.templates.map(t, !(" + PoliciesSpec.IS_UNIQUE_TEMPLATE
                + "), " + PoliciesSpec.NAME + ")[0] + \"' is a policy name that another template or "
                + "inline policy has, regardless of case; set another policyName\"",
        message =
                "policies.templates has a policy name that another template or inline policy has, regardless of case; set "
                        + "another policyName")
@SchemaCustomizer(value = SchemaDetails.class, input = "managed=set inline=map:name templates=atomic")
public record PoliciesSpec(
        @Size(max = 20)
        @JsonPropertyDescription(
                "Managed policies to attach, at most 20: ARNs, or names of AWS managed policies such as "
                        + "AmazonS3ReadOnlyAccess or service-role/AmazonEC2RoleforSSM. One of the account's quota, "
                        + "which is 10 by default, stays free for responders. The operator detaches all other "
                        + "policies, except protected ones.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managed,

        @Size(max = 50)
        @JsonPropertyDescription(
                "Policies embedded in the role, at most 50. Of IAM's limit of 10240 characters in total, "
                        + "512 stay free for responders. The operator deletes all other inline policies, except "
                        + "those of others that only deny.")
        List<InlinePolicy> inline,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 20)
        @JsonPropertyDescription("Inline policies that are rendered from an IamPolicyTemplate, at most 20. The "
                + "entitlement must allow the template and the values of its parameters.")
        List<TemplateUse> templates) {
    /** Whether an inline policy {@code p} is the only one of its name, regardless of case. */
    static final String IS_UNIQUE_INLINE = "self.inline.exists_one(q, p.name.lowerAscii() == q.name.lowerAscii())";

    /** The name of the policy of a template {@code t}. */
    static final String NAME = "(has(t.policyName) ? t.policyName : t.name)";

    /** Whether the policy of a template {@code t} is the only one of its name, regardless of case. */
    static final String IS_UNIQUE_TEMPLATE = "self.templates.exists_one(u, " + PoliciesSpec.NAME
            + ".lowerAscii() == (has(u.policyName) ? u.policyName : u.name).lowerAscii())"
            + " && (!has(self.inline) || !self.inline.exists(p, p.name.lowerAscii() == " + PoliciesSpec.NAME
            + ".lowerAscii()))";

    /** No permissions. */
    public static final PoliciesSpec NONE = new PoliciesSpec(List.of(), List.of(), List.of());

    /** Creates permissions without templates. */
    public PoliciesSpec(List<String> managed, List<InlinePolicy> inline) {
        this(managed, inline, List.of());
    }

    public PoliciesSpec {
        managed = List.copyOf(Objects.requireNonNullElse(managed, List.of()));
        inline = bounded(Objects.requireNonNullElse(inline, List.of()));
        templates = List.copyOf(Objects.requireNonNullElse(templates, List.of()));
    }

    /** Drops the documents that exceed the maximum of all together. */
    private static List<InlinePolicy> bounded(List<InlinePolicy> all) {
        List<InlinePolicy> bounded = new ArrayList<>(all.size());
        int left = BoundedDocument.CHARACTERS;
        for (InlinePolicy policy : all) {
            left -= policy.size();
            bounded.add(left < 0 ? policy.dropped() : policy);
        }
        return List.copyOf(bounded);
    }
}
