package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A status condition in the format that kstatus and {@code kubectl wait} read. Its schema is that of {@code Condition} in {@code
 * meta/v1} of Kubernetes.
 */
@Stored
@SchemaCustomizer(
        value = SchemaDetails.class,
        input = "status=one-of:True,False,Unknown observedGeneration=int64 lastTransitionTime=date-time")
public record Condition(
        @Required
        @Size(max = 316)
        @Pattern(Condition.TYPE)
        @JsonPropertyDescription("Type of the condition: Available, Ready, Reconciling or Stalled.")
        String type,

        @Required @JsonPropertyDescription("Status of the condition: True, False or Unknown.")
        String status,

        @Min(0) @JsonPropertyDescription("The generation of the resource that this condition describes.")
        long observedGeneration,

        @Required @JsonPropertyDescription("The time when the status of the condition last changed (RFC 3339).")
        String lastTransitionTime,

        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Condition.REASON)
        @JsonPropertyDescription("Machine-readable reason for the status, in CamelCase.")
        String reason,

        @Required
        @Size(max = 32768)
        @JsonPropertyDescription("Human-readable message: what is wrong, why, and what to do.")
        String message) {
    private static final String TYPE =
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";
    private static final String REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";
}
