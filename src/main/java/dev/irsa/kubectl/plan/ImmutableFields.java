package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a resource that the API server does not let a user change. */
final class ImmutableFields {
    private ImmutableFields() {}

    /** Returns why the API server would reject the new spec; empty if it changes none of these fields. */
    static Optional<String> violation(String name, IamServiceAccountSpec before, IamServiceAccountSpec after) {
        Optional<String> ofRole =
                before.externalRole() != null ? externalViolation(name, before, after) : roleViolation(before, after);
        return ofRole.or(() -> defaultViolation(name, before, after))
                .or(() -> change("account", before.account(), after.account()));
    }

    /** The ServiceAccount with the name of the resource must not lose the role because a list replaces the default. */
    private static Optional<String> defaultViolation(
            String name, IamServiceAccountSpec before, IamServiceAccountSpec after) {
        boolean dropped = before.serviceAccounts().isEmpty()
                && after.effectiveServiceAccounts(name).stream()
                        .noneMatch(account -> account.name().equals(name));
        return dropped
                ? Optional.of("spec.serviceAccounts must contain " + name
                        + ", which has the role by default; add it, and remove it in a later change if you intend that")
                : Optional.empty();
    }

    private static Optional<String> roleViolation(IamServiceAccountSpec before, IamServiceAccountSpec after) {
        return after.externalRole() != null
                ? Optional.of("spec.externalRole cannot be added later; delete this resource and create another")
                : change("role.name", before.role().name(), after.role().name())
                        .or(() -> change(
                                "role.path", before.role().path(), after.role().path()));
    }

    /** A role of others can be exchanged for another, and adopted. */
    private static Optional<String> externalViolation(
            String name, IamServiceAccountSpec before, IamServiceAccountSpec after) {
        String arn = Objects.requireNonNull(before.externalRole()).arn();
        RoleSpec role = after.role();
        boolean adopts = role.adoption() == AdoptionPolicy.IfOffered
                && role.name() != null
                && role.path() != null
                && arn.endsWith(":role" + role.path() + role.name());
        if (after.externalRole() == null && !adopts) {
            return Optional.of("spec.externalRole can be removed only to adopt the role; set role.name and role.path to"
                    + " those of the ARN, and role.adoption to IfOffered");
        }
        List<String> accounts = names(after, name);
        return names(before, name).stream()
                .filter(account -> !accounts.contains(account))
                .findFirst()
                .map(account -> "spec.serviceAccounts must contain " + account
                        + ", because the ServiceAccount of an external role is immutable; add it, or delete this resource"
                        + " and create another");
    }

    private static List<String> names(IamServiceAccountSpec spec, String name) {
        return spec.effectiveServiceAccounts(name).stream()
                .map(ServiceAccountSpec::name)
                .toList();
    }

    private static Optional<String> change(String field, @Nullable String before, @Nullable String after) {
        return Objects.equals(before, after)
                ? Optional.empty()
                : Optional.of("spec." + field + " is immutable; delete this resource and create another");
    }
}
