package dev.irsa.reconcile.boundary;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.KnownPolicies;
import dev.irsa.port.ManagedPolicyReads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the permissions boundaries that reconciles ask for. A background loop reads each of them once a day, so no reconcile waits
 * for a read or fails because of one. The permission is optional: a boundary that may not be read is not known for a day.
 */
public final class BoundaryMonitor implements KnownPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(BoundaryMonitor.class);
    private static final Duration MAX_AGE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    /** So long that the alert about denied calls does not fire, which needs two in half an hour. */
    private static final Duration AFTER_DENIAL = Duration.ofHours(1);

    private final ManagedPolicyReads reads;
    private final Runnable requeueAll;
    private final InstantSource clock;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();
    private boolean reportedDenial;

    /** A boundary as it was read. */
    private record Copy(Instant due, Optional<PermissionsBoundary> boundary) {
        static Copy unread(Instant now) {
            return new Copy(now, Optional.empty());
        }

        Optional<PolicyDocument> document() {
            return boundary.map(PermissionsBoundary::document);
        }
    }

    /**
     * Creates a monitor that knows no boundary yet.
     *
     * @param requeueAll requeues every resource
     */
    public BoundaryMonitor(ManagedPolicyReads reads, Runnable requeueAll, InstantSource clock) {
        this.reads = reads;
        this.requeueAll = requeueAll;
        this.clock = clock;
    }

    /** Returns the boundary as last read. One that is asked for the first time is read in the background. */
    @Override
    public Optional<PermissionsBoundary> boundary(String arn) {
        return copies.computeIfAbsent(arn, _ -> Copy.unread(clock.instant())).boundary();
    }

    /** Reads the boundaries that are due, requeues all resources if one has changed, and returns the time until the next step. */
    public Duration step() {
        boolean changed = false;
        boolean denied = false;
        for (Iterator<String> due = due().iterator(); due.hasNext() && !denied; ) {
            String arn = due.next();
            Copy before = copies.getOrDefault(arn, Copy.unread(clock.instant()));
            Copy after;
            try {
                after = read(arn);
            } catch (FailureException e) {
                denied = e.failure() instanceof Failure.AccessDenied;
                after = unread(arn, e.failure(), before);
            }
            copies.put(arn, after);
            changed |= !after.document().equals(before.document());
        }
        if (changed) {
            requeueAll.run();
        }
        return denied ? AFTER_DENIAL : PAUSE;
    }

    /** Returns the boundaries that are due. The one that has waited longest is first, so that others never keep it waiting. */
    private List<String> due() {
        Instant now = clock.instant();
        return copies.entrySet().stream()
                .filter(entry -> !entry.getValue().due().isAfter(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().due()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Copy read(String arn) {
        Optional<PermissionsBoundary> boundary =
                reads.document(arn).map(document -> PermissionsBoundary.of(arn, document));
        // One that does not exist yet is usually created soon.
        return new Copy(clock.instant().plus(boundary.isPresent() ? MAX_AGE : AFTER_FAILURE), boundary);
    }

    /** What was read before stays while AWS is unavailable, so that messages do not flap. */
    private Copy unread(String arn, Failure failure, Copy before) {
        boolean denied = failure instanceof Failure.AccessDenied;
        report(arn, failure, denied && !reportedDenial);
        reportedDenial |= denied;
        return denied
                ? new Copy(clock.instant().plus(MAX_AGE), Optional.empty())
                : new Copy(clock.instant().plus(AFTER_FAILURE), before.boundary());
    }

    private static void report(String arn, Failure failure, boolean first) {
        if (first) {
            LOG.info(
                    "policies are not compared with the permissions boundary {}, which is optional: {}",
                    arn,
                    failure.message());
        } else {
            LOG.debug("cannot read the permissions boundary {}: {}", arn, failure.message());
        }
    }
}
