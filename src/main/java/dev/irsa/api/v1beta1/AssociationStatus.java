package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** An EKS Pod Identity association of the resource. */
@Stored
public record AssociationStatus(
        @Required @JsonPropertyDescription("Name of the ServiceAccount whose pods get the credentials.")
        String serviceAccount,

        @Required @JsonPropertyDescription("ID of the association, which EKS assigned.")
        String id,

        @Required @JsonPropertyDescription("ARN of the association.")
        String arn) {}
