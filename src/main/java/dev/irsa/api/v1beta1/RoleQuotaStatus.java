package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;

/** The quota of roles of an account. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "used=int32 limit=int32")
public record RoleQuotaStatus(
        @JsonPropertyDescription("Number of roles in the account, with those that do not belong to this cluster.")
        @Required
        int used,

        @JsonPropertyDescription("Number of roles that the account may have.") @Required
        int limit) {}
