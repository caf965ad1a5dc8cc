package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** A template that may be used, with these values. */
@Stored
@ValidationRule(
        value = "self.name.matches(" + IamPolicyTemplate.IS_NAME + ")",
        fieldPath = ".name",
        messageExpression = "\"allow.templates: '\" + self.name + \"' is not the exact name of an IamPolicyTemplate; "
                + "wildcards would also allow templates that are added later; list each template\"",
        message = "allow.templates: name must be the exact name of an IamPolicyTemplate")
@SchemaCustomizer(value = SchemaDetails.class, input = "parameters=map:name")
public record TemplateLimit(
        @Required @Size(max = 128) @JsonPropertyDescription("Name of the IamPolicyTemplate.")
        String name,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = IamPolicyTemplateSpec.MAX_PARAMETERS)
        @JsonPropertyDescription(
                "Parameters that resources may set, and their values. Default: none, so every parameter "
                        + "keeps its default.")
        List<ParameterLimit> parameters) {
    public TemplateLimit {
        parameters = List.copyOf(Objects.requireNonNullElse(parameters, List.of()));
    }

    /** A parameter of a template, with the values that it may have. */
    @Stored
    @SchemaCustomizer(value = SchemaDetails.class, input = "values=set")
    public record ParameterLimit(
            @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the parameter.")
            String name,

            @Required
            @Size(min = 1, max = 50)
            @JsonPropertyDescription(
                    "Values that the parameter may have, also by default, with the wildcards * and ?. A "
                            + "single * allows every value that the template accepts.")
            List<@Size(max = IamPolicyTemplateSpec.MAX_VALUE) String> values) {
        public ParameterLimit {
            values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
        }
    }
}
