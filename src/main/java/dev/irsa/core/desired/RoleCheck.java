package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the role of the resource {@code namespace/name}: whether the operator may manage it, by its path and name, and what
 * IAM would reject.
 */
record RoleCheck(String namespace, String name, RoleSpec spec, ClusterIdentity cluster, RoleIdentity identity) {
    private static final String PATH = "spec.role.path";

    /** Returns whether the operator creates roles under this path. */
    static boolean isCreatedUnder(String path, ClusterIdentity cluster) {
        return path.startsWith(cluster.rolePath());
    }

    /** Returns the first problem; empty if there is none. */
    Optional<InvalidSpec> problem() {
        String operatorRole = cluster.account().operatorRole();
        if (identity.name().equalsIgnoreCase(operatorRole)) {
            return Optional.of(new InvalidSpec(
                    "spec.role.name", operatorRole + " is the operator's own role; choose another name"));
        }
        return pathProblem().or(this::derivedNameProblem).or(this::tagProblem).or(this::descriptionProblem);
    }

    /** IAM may store a carriage return as a line feed. The description would then differ from the spec forever. */
    private Optional<InvalidSpec> descriptionProblem() {
        return spec.description().indexOf('\r') < 0
                ? Optional.empty()
                : Optional.of(new InvalidSpec(
                        "spec.role.description",
                        "it contains a carriage return, which IAM may change; end lines with a line feed only"));
    }

    private Optional<InvalidSpec> tagProblem() {
        return cluster.roleTags().conflict(spec.tags()).map(why -> new InvalidSpec("spec.role.tags", why));
    }

    /** A resource must not take the name that is derived for another resource. */
    private Optional<InvalidSpec> derivedNameProblem() {
        String chosen = identity.name();
        if (chosen.equalsIgnoreCase(RoleName.derive(cluster.name(), namespace, name))) {
            return Optional.empty();
        }
        Optional<String> form = RoleName.isPlain(cluster.name(), chosen)
                ? Optional.of("of the form " + RoleName.head(cluster.name()) + "NAMESPACE_NAME")
                : Optional.of("that end in __ and 16 hexadecimal digits").filter(_ -> RoleName.isHashed(chosen));
        return form.map(reserved -> new InvalidSpec(
                "spec.role.name", "names " + reserved + " are reserved for default role names; choose another name"));
    }

    private Optional<InvalidSpec> pathProblem() {
        String path = identity.path();
        if (isCreatedUnder(path, cluster)) {
            return Optional.empty();
        }
        if (!cluster.adoption().covers(path, identity.name())) {
            return Optional.of(new InvalidSpec(
                    PATH,
                    path + " is not under " + cluster.rolePath() + ", the path of the operator's roles; choose a path"
                            + " under it, or ask a platform engineer to allow the adoption of role " + path
                            + identity.name()
                            + " (--adoption-path, --adoption-role)" + adoptable()));
        }
        if (spec.adoption() == AdoptionPolicy.IfOffered) {
            return Optional.empty();
        }
        String why = cluster.adoption().coversPath(path)
                ? path + " is an adoption path, under which the operator creates no roles"
                : "role " + path + identity.name() + " matches --adoption-role, and the operator creates no such roles";
        return Optional.of(new InvalidSpec(
                PATH, why + "; set spec.role.adoption to IfOffered, or choose a path under " + cluster.rolePath()));
    }

    private String adoptable() {
        AdoptionScope scope = cluster.adoption();
        String roles = Stream.concat(
                        scope.paths().stream().map(path -> path + "*"),
                        scope.roles().stream().map(AdoptionScope.RolePattern::text))
                .collect(Collectors.joining(", "));
        return roles.isEmpty() ? "" : "; roles that may be adopted now: " + roles;
    }
}
