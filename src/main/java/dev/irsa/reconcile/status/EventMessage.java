package dev.irsa.reconcile.status;

/**
 * An event to record on a resource, in the past tense.
 *
 * @param warning whether it needs attention
 * @param reason the reason, in one word
 * @param note the note, in one sentence
 */
public record EventMessage(boolean warning, String reason, String note) {}
