package dev.irsa.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.memory.ResourceMemory;
import dev.irsa.reconcile.status.Ending.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which changes of an adoption users have approved. */
class RunTest {
    @Test
    void approvesChangesByResumingResource() {
        assertThat(approved(AdoptionPolicy.IfOffered, false, false, Pending.BY_SPEC))
                .containsExactly("change");
    }

    @Test
    void keepsChangesWhileResourceIsSuspended() {
        assertThat(approved(AdoptionPolicy.IfOffered, true, false, Pending.BY_SPEC))
                .containsExactly("change");
        assertThat(approved(AdoptionPolicy.IfOffered, true, true, Pending.BY_DRY_RUN))
                .containsExactly("change");
    }

    @Test
    void approvesNothingThatDryRunPublished() {
        assertThat(approved(AdoptionPolicy.IfOffered, false, false, Pending.BY_DRY_RUN))
                .isEmpty();
    }

    @Test
    void approvesNothingDuringDryRun() {
        assertThat(approved(AdoptionPolicy.IfOffered, false, true, Pending.BY_SPEC))
                .isEmpty();
    }

    @Test
    void approvesNothingIfSpecDoesNotAdopt() {
        assertThat(approved(AdoptionPolicy.Never, false, false, Pending.BY_SPEC))
                .isEmpty();
    }

    /** The plan of an adoption stays in the status of a resource that fails after it was resumed. */
    @Test
    void keepsApprovalAfterFailure() {
        assertThat(approved(AdoptionPolicy.IfOffered, false, false, Reason.Throttled, "AWS is throttling IAM calls"))
                .containsExactly("change");
    }

    private static List<String> approved(AdoptionPolicy adopt, boolean suspended, boolean dryRun, String whyPending) {
        return approved(adopt, suspended, dryRun, Reason.Suspended, whyPending + "; 1 change is pending");
    }

    private static List<String> approved(
            AdoptionPolicy adopt, boolean suspended, boolean dryRun, Reason reason, String message) {
        IamServiceAccount resource = Examples.resource();
        resource.setSpec(new IamServiceAccountSpec(
                List.of(),
                new RoleSpec(null, null, "", 3600, null, Map.of(), adopt),
                null,
                PoliciesSpec.NONE,
                TokenSpec.DEFAULT,
                null,
                suspended,
                List.of(),
                null));
        resource.setStatus(Statuses.of(
                2,
                null,
                null,
                List.of("change"),
                List.of(Examples.condition("Ready", "False", 2, reason.name(), message))));
        ResourceMemory memory = new ResourceMemory(
                ResourceRef.of(resource),
                WriteHistory.of(new WritingProcess(
                        Duration.ofSeconds(30),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-01T00:00:00Z"))));
        return Run.of(resource, memory, dryRun).approvedChanges();
    }
}
