package dev.irsa.kubectl.report;

import dev.irsa.core.observed.RoleUse;
import java.time.Duration;
import java.util.List;

/** Decides whether a role was not used for so long that its owner should say whether it is needed. */
final class UnusedFlag {
    private static final Duration PERIOD = Duration.ofDays(90);

    private UnusedFlag() {}

    static List<String> reasons(RoleFacts facts) {
        RoleUse use = facts.role().use();
        if (!use.isUnusedSince(facts.now().minus(PERIOD))) {
            return List.of();
        }
        return List.of(use.last()
                .map(last -> "it was last used at " + last.at())
                .orElseGet(() -> "IAM knows of no use since it was created at " + use.createdAt()));
    }
}
