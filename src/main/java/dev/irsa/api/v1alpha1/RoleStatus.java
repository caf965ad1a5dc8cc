package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The identifiers of the role in IAM. */
@Stored
public record RoleStatus(
        @Required @JsonPropertyDescription("Name of the role.")
        String name,

        @Required @JsonPropertyDescription("ARN of the role.")
        String arn,

        @Required
        @JsonPropertyDescription(
                "Unique ID of the role, AROA…. A role that is recreated under the same name has " + "a different ID.")
        String id) {}
