package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A template that may be used, with these values. */
@Stored
@ValidationRule(
        value = "self.name.matches(" + IamPolicyTemplate.IS_NAME + ")",
        fieldPath = ".name",
        message =
                "templates: name must be the exact name of an IamPolicyTemplate; wildcards are not allowed, because they "
                        + "would admit templates that are added later")
public record TemplateLimit(
        @Required @Size(max = 128) @JsonPropertyDescription("Name of the IamPolicyTemplate.")
        String name,

        @Size(max = IamPolicyTemplateSpec.MAX_PARAMETERS)
        @JsonPropertyDescription(
                "Values that parameters may have, by name. * matches any number of characters and ? matches "
                        + "one. A parameter that is not listed may have every value that the template accepts.")
        Map<String, @Size(min = 1, max = 50) List<@Size(max = IamPolicyTemplateSpec.MAX_VALUE) String>> parameters) {
    public TemplateLimit {
        parameters = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(parameters, Map.of())));
    }
}
