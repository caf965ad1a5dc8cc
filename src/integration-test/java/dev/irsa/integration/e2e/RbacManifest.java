package dev.irsa.integration.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A file of {@code deploy/} that grants permissions.
 *
 * @param file its path
 * @param objects its objects
 */
record RbacManifest(String file, List<HasMetadata> objects) {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    RbacManifest {
        objects = List.copyOf(objects);
    }

    static RbacManifest read(String file) {
        try {
            return new RbacManifest(
                    file,
                    Stream.of(Files.readString(Path.of(file)).split("\n---\n"))
                            .map(document -> YAML.<HasMetadata>unmarshal(document))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Returns all its permissions. */
    List<Grant> grants() {
        return objects.stream().flatMap(RbacManifest::grants).toList();
    }

    /** Returns its roles with only the wanted permissions. */
    List<HasMetadata> rolesWith(Predicate<Grant> wanted) {
        return objects.stream()
                .filter(object -> grants(object).findAny().isPresent())
                .map(role -> withRules(
                        role, grants(role).filter(wanted).map(Grant::rule).toList()))
                .toList();
    }

    private static Stream<Grant> grants(HasMetadata object) {
        String namespace = Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
        return rules(object).stream().flatMap(rule -> Grant.of(namespace, rule));
    }

    private static List<PolicyRule> rules(HasMetadata object) {
        return switch (object) {
            case ClusterRole role -> role.getRules();
            case Role role -> role.getRules();
            default -> List.of();
        };
    }

    private static HasMetadata withRules(HasMetadata object, List<PolicyRule> rules) {
        return switch (object) {
            case ClusterRole role ->
                new ClusterRoleBuilder(role).withRules(rules).build();
            case Role role -> new RoleBuilder(role).withRules(rules).build();
            default -> throw new IllegalArgumentException("no role: " + object);
        };
    }
}
