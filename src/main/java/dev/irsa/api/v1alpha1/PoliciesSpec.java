package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** The permissions of the role. */
@Stored
@ValidationRule(
        value = "!has(self.managed) || self.managed.all(p, p.matches(" + PolicyNames.IS_ARN_OR_NAME + "))",
        fieldPath = ".managed",
        messageExpression = "\"policies.managed: '\" + self.managed.filter(p, !p.matches(" + PolicyNames.IS_ARN_OR_NAME
                + "))[0] + \"' is not a managed policy; use an ARN, or the name of an AWS managed policy, such as "
                + "AmazonS3ReadOnlyAccess or service-role/AmazonEC2RoleforSSM\"",
        message = "policies.managed has an entry that is neither the ARN of a managed policy nor the name of an AWS "
                + "managed policy")
@SchemaCustomizer(PolicyLists.class)
public record PoliciesSpec(
        @Size(max = 20)
        @JsonPropertyDescription("Managed policies to attach: ARNs, or names of AWS managed policies such as "
                + "AmazonS3ReadOnlyAccess or service-role/AmazonEC2RoleforSSM. The operator resolves names in the "
                + "partition of the cluster. At most 20, without duplicates. The operator detaches all other policies.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> managed,

        @Size(max = 50)
        @JsonPropertyDescription("Policies embedded in the role, by unique name; at most 50. IAM limits their "
                + "total size to 10240 characters. The operator deletes all other inline policies.")
        List<InlinePolicy> inline) {
    /** No permissions. */
    public static final PoliciesSpec NONE = new PoliciesSpec(List.of(), List.of());

    public PoliciesSpec {
        managed = List.copyOf(Objects.requireNonNullElse(managed, List.of()));
        inline = List.copyOf(Objects.requireNonNullElse(inline, List.of()));
    }
}
