package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.reconcile.status.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resource that was last reconciled under a name.
 *
 * @param generation of its spec
 * @param serviceAccounts that it named
 * @param associated those for which it had an association, as the watch showed it
 * @param failedStatusWrites how many writes of its status failed in a row
 */
record Reconciled(
        String uid, long generation, List<String> serviceAccounts, List<String> associated, int failedStatusWrites) {
    /** The back-off after a failed write of a status. */
    static final ExponentialBackoff STATUS_RETRY = new ExponentialBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

    /**
     * Returns the resource after a reconcile.
     *
     * @param resource as the watch showed it
     * @param before the resource that was last reconciled under the same name
     */
    static Reconciled of(IamServiceAccount resource, boolean statusWritten, Optional<Reconciled> before) {
        return new Reconciled(
                resource.getMetadata().getUid(),
                resource.getMetadata().getGeneration(),
                ServiceAccountEventSources.serviceAccounts(resource),
                resource.associatedServiceAccounts(),
                statusWritten ? 0 : before.map(Reconciled::failedStatusWrites).orElse(0) + 1);
    }

    /**
     * Returns the ServiceAccounts to which the resource may have lost its claim. These are all that it named if its UID or spec has changed,
     * and those for which it no longer has an association.
     */
    List<String> unclaimedSince(Reconciled before) {
        boolean hasChanged = !uid.equals(before.uid) || generation != before.generation;
        return Stream.concat(
                        before.serviceAccounts().stream().filter(_ -> hasChanged),
                        before.associated().stream().filter(name -> !associated.contains(name)))
                .distinct()
                .toList();
    }

    /**
     * Returns when to reconcile the resource again: as the outcome says, but not before the status can be retried. A write that names
     * a version fails if the resource has changed, which may be no reason for a reconcile of its own, so it is always retried soon.
     */
    Optional<Duration> requeueAfter(Outcome outcome) {
        if (failedStatusWrites == 0) {
            return outcome.requeueAfter();
        }
        Duration retry = STATUS_RETRY.after(failedStatusWrites - 1);
        return Optional.of(outcome.requeueAfter()
                .filter(after -> outcome.replacesAnyStatus() && after.compareTo(retry) > 0)
                .orElse(retry));
    }
}
