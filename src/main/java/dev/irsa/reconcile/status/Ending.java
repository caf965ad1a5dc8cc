package dev.irsa.reconcile.status;

import dev.irsa.core.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a reconcile ended. */
public sealed interface Ending {
    /**
     * The role is up to date.
     *
     * @param annotated the ServiceAccounts that are annotated with it; not those that the user manages
     */
    record Ready(List<String> annotated) implements Ending {
        public Ready {
            annotated = List.copyOf(annotated);
        }
    }

    /**
     * The ServiceAccount uses a role that others manage.
     *
     * @param message of the condition Ready
     * @param nextCheck when the role is read again; empty if the operator cannot read it
     */
    record ExternalReady(String roleArn, String message, Optional<Duration> nextCheck) implements Ending {}

    /**
     * The plan is published and not applied.
     *
     * @param why what prevents it
     * @param obstacle what would prevent it from being applied completely
     */
    record Pending(String why, Optional<Failure> obstacle) implements Ending {
        /** The user suspended the resource. */
        public static final String BY_SPEC = "suspended by spec.suspend";

        /** The operator runs in dry-run mode. */
        public static final String BY_DRY_RUN = "the operator runs with --dry-run";
    }

    /**
     * Something failed.
     *
     * @param retryAfter when to retry; empty: as the failure says
     */
    record Failed(Failure failure, Optional<Duration> retryAfter) implements Ending {
        /** Returns a failure that is retried as it says. */
        public static Failed of(Failure failure) {
            return new Failed(failure, failure.retryAfter());
        }
    }

    /**
     * The finalizer is removed.
     *
     * @param remark what users should know about the role; empty if nothing
     */
    record Gone(String remark) implements Ending {}

    /**
     * The resource waits.
     *
     * @param pause for how long; empty if it waits for its turn or for the first sweep, and is requeued then
     */
    record Deferred(Optional<Duration> pause) implements Ending {}

    /** There was nothing to do and there is nothing to report. */
    record Untouched() implements Ending {}
}
