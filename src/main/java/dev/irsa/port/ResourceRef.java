package dev.irsa.port;

/**
 * One IamServiceAccount, and no other of that name.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its UID
 */
public record ResourceRef(String namespace, String name, String uid) {}
