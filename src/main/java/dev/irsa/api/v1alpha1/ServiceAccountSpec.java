package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ServiceAccount that may assume the role. */
@Stored
@ValidationRule(
        value = "!has(self.name) || self.name.matches("
                + "r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
        fieldPath = ".name",
        message = "serviceAccount.name must be a valid ServiceAccount name: lower-case letters, digits, '-' and '.', "
                + "beginning and ending with a letter or digit; wildcards are not allowed")
public record ServiceAccountSpec(
        @Size(max = 253)
        @JsonPropertyDescription("Name of the ServiceAccount, in the namespace of this resource. Default: the name of "
                + "this resource. Immutable.")
        @Nullable
        String name,

        @JsonPropertyDescription("Whether the operator creates and annotates the ServiceAccount. Manage (default): the "
                + "operator creates it, or annotates an existing one. Annotate: the operator waits for it and "
                + "annotates it, but never creates it. Ignore: the operator does not change it, and the user sets "
                + "eks.amazonaws.com/role-arn to status.role.arn.")
        Management management) {
    /** A ServiceAccount with the name of the resource, which the operator creates. */
    public static final ServiceAccountSpec DEFAULT = new ServiceAccountSpec(null, Management.Manage);

    public ServiceAccountSpec {
        management = Objects.requireNonNullElse(management, Management.Manage);
    }
}
