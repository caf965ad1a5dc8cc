package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ServiceAccounts that may assume the role. */
@Stored
@ValidationRule(
        value = "!has(self.name) || self.name.matches("
                + "r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
        fieldPath = ".name",
        message = "serviceAccount.name must be a valid ServiceAccount name: lower-case letters, digits, '-' and '.', "
                + "beginning and ending with a letter or digit; wildcards are not allowed")
@ValidationRule(
        value = "!has(self.additional) || self.additional.all(n, n.matches("
                + "r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'))",
        fieldPath = ".additional",
        message = "serviceAccount.additional has a name that is not a valid ServiceAccount name: lower-case letters, "
                + "digits, '-' and '.', beginning and ending with a letter or digit; wildcards are not allowed")
@ValidationRule(
        value = "!has(self.additional) || !has(self.name) || !(self.name in self.additional)",
        fieldPath = ".additional",
        message = "serviceAccount.additional has the name of serviceAccount.name; remove it")
@SchemaCustomizer(value = ListTypes.class, input = "additional")
public record ServiceAccountSpec(
        @Size(max = 253)
        @JsonPropertyDescription("Name of the ServiceAccount, in the namespace of this resource. Default: the name of "
                + "this resource. Immutable.")
        @Nullable
        String name,

        @JsonPropertyDescription("Whether the operator creates and annotates the ServiceAccount. Manage (default): the "
                + "operator creates it, or annotates an existing one. Annotate: the operator waits for it and "
                + "annotates it, but never creates it. Ignore: the operator does not change it, and the user sets "
                + "eks.amazonaws.com/role-arn to status.roleARN.")
        Management management,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_ADDITIONAL)
        @JsonPropertyDescription("Names of more ServiceAccounts of this namespace that may assume the role; at most 9, "
                + "without duplicates. The operator manages each like the first one. The entitlement must allow "
                + "their number (limits.serviceAccountsPerRole). Default: none.")
        List<@Size(max = 253) String> additional) {
    /** Maximum number of ServiceAccounts beside the first one. */
    public static final int MAX_ADDITIONAL = 9;

    /** A ServiceAccount with the name of the resource, which the operator creates. */
    public static final ServiceAccountSpec DEFAULT = new ServiceAccountSpec(null, Management.Manage);

    /** Creates the spec of a single ServiceAccount. */
    public ServiceAccountSpec(@Nullable String name, Management management) {
        this(name, management, List.of());
    }

    public ServiceAccountSpec {
        management = Objects.requireNonNullElse(management, Management.Manage);
        additional = List.copyOf(Objects.requireNonNullElse(additional, List.of()));
    }
}
