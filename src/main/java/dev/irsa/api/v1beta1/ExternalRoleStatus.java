package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A role that others manage. Unlike {@link RoleStatus}, it proves no ownership. */
@Stored
public record ExternalRoleStatus(
        @Required @JsonPropertyDescription("ARN of the role.")
        String arn) {}
