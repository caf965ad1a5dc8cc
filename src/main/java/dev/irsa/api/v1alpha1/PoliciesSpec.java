package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** What the role may do. */
@Stored
@ValidationRule(
        value = "!has(self.managed) || self.managed.all(p, p.matches(" + PolicyNames.IS_ARN_OR_NAME + "))",
        fieldPath = ".managed",
        messageExpression = "\"policies.managed: '\" + self.managed.filter(p, !p.matches(" + PolicyNames.IS_ARN_OR_NAME
                + "))[0] + \"' is neither the ARN of a managed policy nor the name of an AWS managed policy, such as "
                + "AmazonS3ReadOnlyAccess or service-role/AmazonEC2RoleforSSM\"",
        message = "policies.managed holds neither the ARN of a managed policy nor the name of an AWS managed policy")
@SchemaCustomizer(PolicyLists.class)
public record PoliciesSpec(
        @Size(max = 20)
        @JsonPropertyDescription("Managed policies to attach: ARNs, or names of AWS managed policies such as "
                + "AmazonS3ReadOnlyAccess or service-role/AmazonEC2RoleforSSM, which are found in the partition of "
                + "the cluster. A set of at most 20. Others that are attached to the role are detached.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managed,

        @Size(max = 50)
        @JsonPropertyDescription("Policies that live in the role, by unique name; at most 50. IAM allows 10240 "
                + "characters for all of them together. Others that the role holds are removed.")
        List<InlinePolicy> inline) {
    /** No permission at all. */
    public static final PoliciesSpec NONE = new PoliciesSpec(List.of(), List.of());

    public PoliciesSpec {
        managed = List.copyOf(Objects.requireNonNullElse(managed, List.of()));
        inline = List.copyOf(Objects.requireNonNullElse(inline, List.of()));
    }
}
