package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.Adopt;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.Optional;

/** Checks that the operator may manage the role of one resource, by the path and the name of the role. */
final class RolePathCheck {
    private static final String FIELD = "spec.role.path";

    private RolePathCheck() {}

    /** Returns whether the operator creates roles under this path. */
    static boolean isCreatedUnder(String path, ClusterIdentity cluster) {
        return path.startsWith(cluster.rolePath());
    }

    /** Returns the problem; empty if there is none. */
    static Optional<InvalidSpec> problem(RoleIdentity role, Adopt adopt, ClusterIdentity cluster) {
        String path = role.path();
        if (isCreatedUnder(path, cluster)) {
            return Optional.empty();
        }
        if (!cluster.adoption().covers(path, role.name())) {
            return Optional.of(new InvalidSpec(
                    FIELD,
                    path + " is not under " + cluster.rolePath() + ", the path of the operator's roles; choose a path"
                            + " under it, or ask a platform engineer to add --adoption-role=" + path + role.name()
                            + wholePath(path)));
        }
        if (adopt == Adopt.IfTagged) {
            return Optional.empty();
        }
        String why = cluster.adoption().coversPath(path)
                ? path + " is an adoption path, under which the operator creates no roles"
                : "role " + path + role.name() + " matches --adoption-role, and the operator creates no such roles";
        return Optional.of(new InvalidSpec(
                FIELD, why + "; set spec.role.adopt to IfTagged, or choose a path under " + cluster.rolePath()));
    }

    /** The path / covers every role of the account, which is too much for one resource. */
    private static String wholePath(String path) {
        return path.equals("/") ? "" : " or --adoption-path=" + path;
    }
}
