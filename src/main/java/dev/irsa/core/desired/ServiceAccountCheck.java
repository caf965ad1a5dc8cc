package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.List;
import java.util.Optional;

/** Checks the additional ServiceAccounts of one resource. */
final class ServiceAccountCheck {
    private static final String FIELD = "spec.serviceAccount.additional";

    private ServiceAccountCheck() {}

    /**
     * Returns the first problem; empty if there is none. The schema compares the names only if the spec has both fields, and a trust
     * policy must not rely on the schema.
     *
     * @param name of the resource
     */
    static Optional<InvalidSpec> problem(String name, IamServiceAccountSpec spec) {
        String first = Desired.serviceAccountName(name, spec);
        List<String> additional = spec.serviceAccount().additional();
        if (additional.contains(first)) {
            return Optional.of(new InvalidSpec(
                    FIELD, first + " is a ServiceAccount of this resource already; remove it from the list"));
        }
        return additional.stream()
                .filter(account -> !TrustPolicy.isLiteral(account))
                .findFirst()
                .map(account -> new InvalidSpec(
                        FIELD, "\"" + account + "\" is not allowed in a trust policy; remove *, ? and $"));
    }
}
