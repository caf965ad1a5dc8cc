package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observed state of an account. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "observedGeneration=int64 roles=int32 conditions=map:type")
public record IamAccountStatus(
        @JsonPropertyDescription("The generation that this status describes.")
        long observedGeneration,

        @JsonPropertyDescription("ARN of the IAM OIDC provider in the account that accepts the tokens of this cluster.")
        @Nullable
        String oidcProviderARN,

        @JsonPropertyDescription(
                "Number of roles of this cluster in the account, as the last sweep found them. Absent before the first.")
        @Nullable
        Integer roles,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Ready is always present. Reconciling or Stalled explain why it is not True.")
        List<Condition> conditions) {
    public IamAccountStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }
}
