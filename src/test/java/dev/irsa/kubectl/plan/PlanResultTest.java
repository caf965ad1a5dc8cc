package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanResultTest {
    @ParameterizedTest
    @CsvSource({
        "none, Ready, 0, 0",
        "create, Ready, 0, 2",
        "change, Reconciling, 0, 2",
        "delete, '', 0, 2",
        "suspended, Suspended, 0, 0",
        "waiting, WaitingForPods, 0, 0",
        "ignored, '', 0, 0",
        "refused, NotEntitled, 1, 1",
        "create, PodIdentityUnavailable, 1, 1",
        "delete, DeletionBlocked, 1, 1",
    })
    void exitCodeFollowsFromActionAndReason(PlanAction action, String reason, int plain, int detailed) {
        PlannedResource resource = new PlannedResource("ns", "x", action, List.of(), false, reason, "", List.of());
        PlanResult result = new PlanResult(List.of(resource), true, List.of());

        assertThat(result.exitCode(false)).isEqualTo(plain);
        assertThat(result.exitCode(true)).isEqualTo(detailed);
    }
}
