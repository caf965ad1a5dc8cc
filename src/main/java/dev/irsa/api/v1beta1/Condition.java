package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A status condition in the format that kstatus and {@code kubectl wait} read. */
@Stored
public record Condition(
        @Required @JsonPropertyDescription("Type of the condition: Available, Ready, Reconciling or Stalled.")
        String type,

        @Required @JsonPropertyDescription("Status of the condition: True, False or Unknown.")
        String status,

        @Required @JsonPropertyDescription("The generation of the resource that this condition describes.")
        long observedGeneration,

        @Required @JsonPropertyDescription("The time when the status of the condition last changed (RFC 3339).")
        String lastTransitionTime,

        @Required @JsonPropertyDescription("Machine-readable reason for the status, in CamelCase.")
        String reason,

        @Required @JsonPropertyDescription("Human-readable message: what is wrong, why, and what to do.")
        String message) {}
