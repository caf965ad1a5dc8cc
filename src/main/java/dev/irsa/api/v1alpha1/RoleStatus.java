package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The role as IAM names it. */
@Stored
public record RoleStatus(
        @Required @JsonPropertyDescription("Its name.") String name,
        @Required @JsonPropertyDescription("Its ARN.") String arn,

        @Required @JsonPropertyDescription("Its unique id, AROA…: a role made again under the same name has another.")
        String id) {}
