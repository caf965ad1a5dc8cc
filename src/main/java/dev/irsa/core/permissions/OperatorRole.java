package dev.irsa.core.permissions;

import dev.irsa.core.desired.AwsAccount;

/**
 * The role that the operator itself runs as. It should be outside the paths in which the operator writes.
 *
 * @param path begins and ends with a slash
 */
public record OperatorRole(String path, String name) {
    /** Reads {@code name} or {@code path/name}. */
    public static OperatorRole of(String pathAndName) {
        int end = pathAndName.lastIndexOf('/') + 1;
        return new OperatorRole("/" + pathAndName.substring(0, end), pathAndName.substring(end));
    }

    /** Returns whether the role is under a path. */
    public boolean isUnder(String otherPath) {
        return path.startsWith(otherPath);
    }

    String arn(AwsAccount account) {
        return account.role(path, name);
    }
}
