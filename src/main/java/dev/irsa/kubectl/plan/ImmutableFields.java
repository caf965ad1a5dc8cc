package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.Adopt;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a resource that the API server does not let a user change. */
final class ImmutableFields {
    private ImmutableFields() {}

    /** Returns why the API server would reject the new spec; empty if it changes none of these fields. */
    static Optional<String> violation(IamServiceAccountSpec before, IamServiceAccountSpec after) {
        Optional<String> ofRole = before.role().external() != null
                ? externalViolation(before.role().external(), after.role())
                : roleViolation(before.role(), after.role());
        return ofRole.or(() -> change(
                "serviceAccount.name",
                before.serviceAccount().name(),
                after.serviceAccount().name()));
    }

    private static Optional<String> roleViolation(RoleSpec before, RoleSpec after) {
        return after.external() != null
                ? Optional.of("spec.role.external cannot be added later; delete this resource and create another")
                : change("role.name", before.name(), after.name())
                        .or(() -> change("role.path", before.path(), after.path()));
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

    private static Optional<String> change(String field, @Nullable String before, @Nullable String after) {
        return Objects.equals(before, after)
                ? Optional.empty()
                : Optional.of("spec." + field + " is immutable; delete this resource and create another");
    }
}
