package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Objects;

/** What the operator makes of an entitlement. */
@Stored
public record IamEntitlementStatus(
        @JsonPropertyDescription("The generation that this status speaks of; -1 before the operator has seen it.")
        long observedGeneration,

        @JsonPropertyDescription("How many IamServiceAccounts are allowed by this entitlement, Ready or not.")
        int resources,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Ready, always; Stalled when it allows nothing because something in it is wrong.")
        List<Condition> conditions) {
    public IamEntitlementStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }
}
