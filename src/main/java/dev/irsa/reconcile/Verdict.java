package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.failure.Failure;
import java.time.Duration;
import java.util.Optional;

/** How one reconcile ended. */
sealed interface Verdict {
    /**
     * All is as the spec says.
     *
     * @param serviceAccount the ServiceAccount that points at the role; empty when the user keeps it
     */
    record Ready(Optional<ServiceAccountStatus> serviceAccount) implements Verdict {}

    /**
     * The plan is shown and not carried out.
     *
     * @param why what forbids it, for people
     * @param obstacle what would keep it from being carried out whole
     */
    record Pending(String why, Optional<Failure> obstacle) implements Verdict {
        /** The user himself had it shown. */
        static final String BY_SPEC = "suspended by spec.suspend";

        /** Whoever runs the operator had it shown. */
        static final String BY_DRY_RUN = "the operator runs with --dry-run";
    }

    /**
     * Something went wrong.
     *
     * @param again when to look again; empty: as the failure says
     */
    record Failed(Failure failure, Optional<Duration> again) implements Verdict {}

    /**
     * The resource has been let go.
     *
     * @param remark what should be known about it, for people; empty when there is nothing
     */
    record Gone(String remark) implements Verdict {}

    /** It waits for its turn, or for the first sweep, and is called. */
    record Deferred() implements Verdict {}

    /** There is nothing to do and nothing to say. */
    record Untouched() implements Verdict {}
}
