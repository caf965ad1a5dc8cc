package dev.irsa.api.v1alpha1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The IAM role.
 *
 * @param name its name; absent: derived from cluster, namespace and name
 * @param path its path; absent: the operator's
 * @param description at most 1000 characters
 * @param maxSessionDurationSeconds 3600 to 43200
 * @param permissionsBoundaryArn the managed policy that bounds it
 * @param tags the user's own tags
 * @param adopt whether a role that exists may be taken over
 */
public record RoleSpec(
        @Nullable String name,
        @Nullable String path,
        String description,
        int maxSessionDurationSeconds,
        @Nullable String permissionsBoundaryArn,
        Map<String, String> tags,
        Adopt adopt) {}
