package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The observed ServiceAccount. */
@Stored
public record ServiceAccountStatus(
        @Required @JsonPropertyDescription("Name of the ServiceAccount.")
        String name,

        @Required
        @JsonPropertyDescription("Whether the operator created it. If so, the operator deletes it together with the "
                + "resource. An existing ServiceAccount is kept.")
        boolean created) {}
