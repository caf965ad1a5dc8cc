package dev.irsa.port;

/**
 * The role that is recorded on a resource before it is created. It is recorded only while the resource is the version that the operator
 * has read, because a later one may have another role.
 *
 * @param arn the ARN that the role will have
 * @param resourceVersion the version of the resource that was read
 */
public record RecordedRole(String arn, String resourceVersion) {}
