package dev.irsa.reconcile.status;

/**
 * What is told on the object as an event: something that has happened, in the past tense.
 *
 * @param warning whether somebody should look
 * @param reason one word for programs
 * @param note a sentence for people
 */
public record EventMessage(boolean warning, String reason, String note) {}
