package dev.irsa.kubectl.diagnosis;

/** A check with its result. */
public record Finding(Cause cause, Result result) {}
