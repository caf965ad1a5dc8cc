package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The observed ServiceAccount. */
@Stored
public record ServiceAccountStatus(
        @Required @JsonPropertyDescription("Name of the ServiceAccount.")
        String name,

        @Required
        @JsonPropertyDescription("Whether the operator created it. If so, it is deleted together with the "
                + "resource. Otherwise, it is kept.")
        boolean created) {}
