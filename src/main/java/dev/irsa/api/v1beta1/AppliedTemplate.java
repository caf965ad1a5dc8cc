package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A template as it was last applied to the role. */
@Stored
public record AppliedTemplate(
        @Required @JsonPropertyDescription("Name of the IamPolicyTemplate.")
        String name,

        @JsonPropertyDescription("Its generation that the role has.")
        long generation) {}
