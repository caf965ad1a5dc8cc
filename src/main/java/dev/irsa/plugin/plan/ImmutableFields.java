package dev.irsa.plugin.plan;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import java.util.Objects;
import java.util.Optional;

/** The fields of a resource that the API server does not let a user change. */
final class ImmutableFields {
    private ImmutableFields() {}

    /** Returns why the API server would reject the new spec; empty if it changes none of these fields. */
    static Optional<String> violation(IamServiceAccountSpec before, IamServiceAccountSpec after) {
        if (!Objects.equals(before.role().name(), after.role().name())) {
            return Optional.of(changed("role.name"));
        }
        if (!Objects.equals(before.role().path(), after.role().path())) {
            return Optional.of(changed("role.path"));
        }
        if (!Objects.equals(
                before.serviceAccount().name(), after.serviceAccount().name())) {
            return Optional.of(changed("serviceAccount.name"));
        }
        return Optional.empty();
    }

    private static String changed(String field) {
        return "spec." + field + " is immutable; delete this resource and create another";
    }
}
