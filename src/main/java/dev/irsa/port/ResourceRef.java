package dev.irsa.port;

/**
 * Identifies one IamServiceAccount; a later resource of the same name has another UID.
 *
 * @param namespace the namespace
 * @param name the name
 * @param uid the UID
 */
public record ResourceRef(String namespace, String name, String uid) {}
