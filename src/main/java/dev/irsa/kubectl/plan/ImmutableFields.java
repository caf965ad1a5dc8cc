package dev.irsa.kubectl.plan;

import dev.irsa.api.v1alpha1.Adopt;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.RoleSpec;
import java.util.Objects;
import java.util.Optional;

/** The fields of a resource that the API server does not let a user change. */
final class ImmutableFields {
    private ImmutableFields() {}

    /** Returns why the API server would reject the new spec; empty if it changes none of these fields. */
    static Optional<String> violation(IamServiceAccountSpec before, IamServiceAccountSpec after) {
        if (before.role().external() != null) {
            Optional<String> violation = externalViolation(before.role().external(), after.role());
            return violation.isPresent() ? violation : serviceAccountViolation(before, after);
        }
        if (after.role().external() != null) {
            return Optional.of("spec.role.external cannot be added later; delete this resource and create another");
        }
        if (!Objects.equals(before.role().name(), after.role().name())) {
            return Optional.of(changed("role.name"));
        }
        if (!Objects.equals(before.role().path(), after.role().path())) {
            return Optional.of(changed("role.path"));
        }
        return serviceAccountViolation(before, after);
    }

    /** A role of others can be exchanged for another, and adopted. */
    private static Optional<String> externalViolation(String arn, RoleSpec after) {
        boolean adopts = after.adopt() == Adopt.IfTagged
                && after.name() != null
                && after.path() != null
                && arn.endsWith(":role" + after.path() + after.name());
        return after.external() != null || adopts
                ? Optional.empty()
                : Optional.of(
                        "spec.role.external can be removed only to adopt that role: set role.name and role.path to"
                                + " those of the ARN, and role.adopt to IfTagged");
    }

    private static Optional<String> serviceAccountViolation(IamServiceAccountSpec before, IamServiceAccountSpec after) {
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
