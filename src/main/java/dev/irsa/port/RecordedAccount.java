package dev.irsa.port;

/**
 * The AWS account that is recorded on a resource before its role is created there. It is recorded only while the resource is the version
 * that the operator has read, because a later one may have a role in another account.
 *
 * @param id twelve digits
 * @param resourceVersion the version of the resource that was read
 */
public record RecordedAccount(String id, String resourceVersion) {}
