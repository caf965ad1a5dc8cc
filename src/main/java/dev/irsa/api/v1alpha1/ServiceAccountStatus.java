package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The ServiceAccount as it is. */
@Stored
public record ServiceAccountStatus(
        @Required @JsonPropertyDescription("Its name.") String name,

        @Required
        @JsonPropertyDescription("Whether the operator made it, so that it goes with the resource; one that was there "
                + "before stays.")
        boolean created) {}
