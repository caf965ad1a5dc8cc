package dev.irsa.kubectl.report;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.failure.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether an entitlement still allows what a resource with a role requests. The operator keeps the role until it is deleted. */
final class EntitlementFlag {
    private EntitlementFlag() {}

    static Stream<String> reasons(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getStatus())
                .filter(EntitlementFlag::isNotEntitled)
                .map(_ -> resource.ready()
                        .filter(EntitlementFlag::namesTheReason)
                        .map(Condition::message)
                        .orElse("no IamEntitlement allows the IamServiceAccount"))
                .stream();
    }

    /** A user can hide the reason NotEntitled behind a spec that is not valid, but no entitlement is named until one allows the spec. */
    private static boolean isNotEntitled(IamServiceAccountStatus status) {
        return status.roleARN() != null && status.entitlement() == null;
    }

    private static boolean namesTheReason(Condition ready) {
        return Reason.NotEntitled.name().equals(ready.reason());
    }
}
