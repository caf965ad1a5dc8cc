package dev.irsa.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppliedTest {
    private static final Change FIRST = new DeleteRole("first");
    private static final Change SECOND = new DeleteRole("second");
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "slowly");
    private static final Failure DENIED = new Failure.AccessDenied("iam:DeleteRole", "no");
    private static final Applied FAILED = new Applied(List.of(FIRST), Optional.of(THROTTLED));

    @Test
    void appliesUntilOneFails() {
        Applied applied = Applied.each(List.of(FIRST, SECOND, FIRST), change -> {
            if (change.equals(SECOND)) {
                throw new FailureException(THROTTLED);
            }
        });

        assertThat(applied).isEqualTo(FAILED);
    }

    @Test
    void reportsADefectAsAFailure() {
        Applied applied = Applied.attempt(() -> {
            throw new IllegalStateException("defect");
        });

        assertThat(applied.changes()).isEmpty();
        assertThat(applied.failure()).map(Failure::reason).contains(Reason.InternalError);
    }

    @Test
    void aStepThatDependsOnAFailedOneIsNotRun() {
        assertThat(Applied.of(FIRST).then(() -> Applied.of(SECOND)).changes()).containsExactly(FIRST, SECOND);
        assertThat(FAILED.then(() -> Applied.of(SECOND))).isEqualTo(FAILED);
    }

    @Test
    void anIndependentStepIsRunAfterAFailureWhichIsKept() {
        Applied applied = FAILED.and(() -> new Applied(List.of(SECOND), Optional.of(DENIED)));

        assertThat(applied).isEqualTo(new Applied(List.of(FIRST, SECOND), Optional.of(THROTTLED)));
    }

    @Test
    void theResultKeepsTheChangesWhicheverStepFails() {
        ReconcileResult here = FAILED.followedBy(ReconcileResult::gone);
        ReconcileResult there = Applied.of(FIRST).followedBy(() -> {
            throw new FailureException(DENIED);
        });
        ReconcileResult none = Applied.of(FIRST).followedBy(ReconcileResult::gone);

        assertThat(here.changes()).containsExactly(FIRST);
        assertThat(here.ending()).isEqualTo(Ending.Failed.of(THROTTLED));
        assertThat(there.changes()).containsExactly(FIRST);
        assertThat(there.ending()).isEqualTo(Ending.Failed.of(DENIED));
        assertThat(none.changes()).containsExactly(FIRST);
        assertThat(none.ending()).isEqualTo(new Ending.Gone(""));
    }
}
