package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.plan.Change;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one reconcile.
 *
 * @param status to be written; empty when it says nothing new
 * @param again when to reconcile again without being asked; empty: not at all
 * @param notices to be told once the status is written
 * @param done what was changed
 * @param drift whether that put back what somebody else had changed
 */
public record Outcome(
        Optional<IamServiceAccountStatus> status,
        Optional<Duration> again,
        List<EventMessage> notices,
        List<Change> done,
        boolean drift) {}
