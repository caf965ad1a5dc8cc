package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every status of the resource from now on, as it was written. */
final class Reasons {
    private final List<IamServiceAccountStatus> statuses = new ArrayList<>();

    static Reasons of(Trial trial) {
        Reasons reasons = new Reasons();
        trial.operator.gate().after(call -> {
            if (call.action().equals("patch iamserviceaccounts/status")
                    && call.subject().equals(Trial.NAME)) {
                trial.resource()
                        .flatMap(resource -> Optional.ofNullable(resource.getStatus()))
                        .ifPresent(reasons.statuses::add);
            }
        });
        return reasons;
    }

    List<IamServiceAccountStatus> statuses() {
        return List.copyOf(statuses);
    }

    /** The reasons of Ready, in the order they were first seen. */
    Set<String> seen() {
        LinkedHashSet<String> seen = new LinkedHashSet<>();
        statuses.forEach(status -> status.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .forEach(condition -> seen.add(condition.reason())));
        return seen;
    }
}
