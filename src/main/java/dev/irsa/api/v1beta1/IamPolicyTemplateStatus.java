package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.util.List;
import java.util.Objects;

/** The observed state of a template. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "observedGeneration=int64 usedBy=int32 conditions=map:type")
public record IamPolicyTemplateStatus(
        @JsonPropertyDescription(
                "The generation that this status describes; -1 until the operator has observed the " + "resource.")
        long observedGeneration,

        @JsonPropertyDescription("Number of IamServiceAccounts that use this template, whether or not they are ready.")
        int usedBy,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Ready is always present. Stalled is present while the template is invalid, and the "
                + "policies of its users then stay unchanged.")
        List<Condition> conditions) {
    public IamPolicyTemplateStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }
}
