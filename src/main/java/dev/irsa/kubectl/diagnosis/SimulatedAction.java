package dev.irsa.kubectl.diagnosis;

/**
 * An action as the IAM policy simulator decides it.
 *
 * @param decision {@code allowed}, {@code implicitDeny}, or {@code explicitDeny}
 * @param detail what denied it, as far as the simulator says; empty if it does not
 */
public record SimulatedAction(String action, String resource, String decision, String detail) {}
