package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One condition, as kstatus and {@code kubectl wait} read it. */
@Stored
public record Condition(
        @Required @JsonPropertyDescription("Ready, Reconciling or Stalled.")
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @Required @JsonPropertyDescription("The generation of the resource that this condition speaks of.")
        long observedGeneration,

        @Required @JsonPropertyDescription("When the status last changed (RFC 3339).")
        String lastTransitionTime,

        @Required @JsonPropertyDescription("One word for programs.")
        String reason,

        @Required @JsonPropertyDescription("A sentence for people: the thing, the problem and the way out.")
        String message) {}
