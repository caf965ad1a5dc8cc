package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.util.List;
import java.util.Objects;

/** The observed state of an entitlement. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "observedGeneration=int64 resources=int32 conditions=map:type")
public record IamEntitlementStatus(
        @JsonPropertyDescription(
                "The generation that this status describes; -1 until the operator has observed the " + "resource.")
        long observedGeneration,

        @JsonPropertyDescription(
                "Number of IamServiceAccounts that this entitlement allows, whether or not they are ready.")
        int resources,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Ready is always present. Stalled is present while the entitlement is invalid and allows " + "nothing.")
        List<Condition> conditions) {
    public IamEntitlementStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }
}
