package dev.irsa.api.v1alpha1;

/**
 * One condition, as kstatus and {@code kubectl wait} read it.
 *
 * @param type Ready, Reconciling or Stalled
 * @param status True, False or Unknown
 * @param observedGeneration the generation it speaks of
 * @param lastTransitionTime when the status last changed, RFC 3339
 * @param reason one word for programs
 * @param message a sentence for people
 */
public record Condition(
        String type,
        String status,
        long observedGeneration,
        String lastTransitionTime,
        String reason,
        String message) {}
