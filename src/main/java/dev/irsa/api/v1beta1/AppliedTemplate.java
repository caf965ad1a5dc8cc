package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/** A template as it was last applied to the role. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "generation=int64")
public record AppliedTemplate(
        @Required @JsonPropertyDescription("Name of the IamPolicyTemplate.")
        String name,

        @JsonPropertyDescription("Generation of the template that the role has.")
        long generation) {}
