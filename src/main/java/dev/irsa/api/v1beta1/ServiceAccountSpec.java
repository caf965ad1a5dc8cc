package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A ServiceAccount that may assume the role. */
@Stored
@ValidationRule(
        value = "self.name.matches(r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
        fieldPath = ".name",
        messageExpression =
                "\"serviceAccounts: '\" + self.name + \"' is not a valid ServiceAccount name; use lower-case letters, "
                        + "digits, '-' and '.', beginning and ending with a letter or digit, without wildcards\"",
        message = "serviceAccounts: name must be a valid ServiceAccount name")
public record ServiceAccountSpec(
        @Required
        @Size(max = 253)
        @JsonPropertyDescription("Name of the ServiceAccount, in the namespace of this resource.")
        String name,

        @JsonPropertyDescription("Whether the operator creates and annotates the ServiceAccount. CreateOrAnnotate "
                + "(default): it creates the ServiceAccount, or annotates an existing one. Annotate: it "
                + "waits for the ServiceAccount and annotates it. Ignore: it changes nothing, and you set "
                + "eks.amazonaws.com/role-arn to status.roleARN.")
        Management management) {
    /** Creates a ServiceAccount that the operator creates, or annotates if it exists. */
    public ServiceAccountSpec(String name) {
        this(name, Management.CreateOrAnnotate);
    }

    public ServiceAccountSpec {
        management = Objects.requireNonNullElse(management, Management.CreateOrAnnotate);
    }
}
