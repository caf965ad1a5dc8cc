package dev.irsa.port;

/**
 * A role that may still exist although its resource no longer exists.
 *
 * @param confirmed whether the status of the resource named it. Otherwise, the role may never have existed
 */
public record AbandonedRole(String name, boolean confirmed) {}
