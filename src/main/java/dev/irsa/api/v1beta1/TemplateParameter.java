package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parameter of a template. */
@Stored
@ValidationRule(
        value = "self.name.matches(r'^[a-z][A-Za-z0-9]*$')",
        fieldPath = ".name",
        messageExpression =
                "\"parameters: '\" + self.name + \"' is not a valid name; begin with a lower-case letter and use "
                        + "only letters and digits\"",
        message = "parameters: name must begin with a lower-case letter and contain only letters and digits")
@ValidationRule(
        value = "!(self.name in ['partition', 'account', 'region', 'cluster', 'namespace', 'serviceAccount'])",
        fieldPath = ".name",
        messageExpression = "\"parameters: '\" + self.name + \"' is reserved, because the operator provides its value; "
                + "choose another name\"",
        message =
                "parameters: partition, account, region, cluster, namespace and serviceAccount are reserved; the operator "
                        + "provides their values; choose another name")
public record TemplateParameter(
        @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Name of the parameter, which {{name}} in the document refers to.")
        String name,

        @Required
        @Size(min = 1, max = 256)
        @JsonPropertyDescription("Regular expression in RE2 syntax that the whole value must match.")
        String pattern,

        @JsonProperty("default")
        @Size(max = IamPolicyTemplateSpec.MAX_VALUE)
        @JsonPropertyDescription("Value if a resource provides none. Without it, the parameter is required.")
        @Nullable
        String defaultValue,

        @Size(max = 1000) @JsonPropertyDescription("What the value is, for those who provide it. Default: empty.")
        String description,

        @JsonPropertyDescription("Type of the value. String (default): without colons. ARN: colons are allowed.")
        Type type,

        @JsonPropertyDescription("Whether the value may contain the wildcards * and ?. Default: false.")
        boolean wildcards) {
    /** What a value may be. */
    public enum Type {
        /** A text without colons. */
        @JsonProperty("String")
        STRING,
        /** A text that may contain colons, such as an ARN. */
        @JsonProperty("ARN")
        ARN
    }

    public TemplateParameter {
        description = Objects.requireNonNullElse(description, "");
        type = Objects.requireNonNullElse(type, Type.STRING);
    }
}
