package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.core.failure.Failure;
import java.time.Duration;
import java.util.Optional;

/** How one reconcile ended. */
public sealed interface ReconcileResult {
    /**
     * All is as the spec says.
     *
     * @param serviceAccount the ServiceAccount that points at the role; empty when the user keeps it
     */
    record Ready(Optional<ServiceAccountStatus> serviceAccount) implements ReconcileResult {}

    /**
     * The plan is shown and not carried out.
     *
     * @param why what forbids it, for people
     * @param obstacle what would keep it from being carried out whole
     */
    record Pending(String why, Optional<Failure> obstacle) implements ReconcileResult {
        /** The user himself had it shown. */
        public static final String BY_SPEC = "suspended by spec.suspend";

        /** Whoever runs the operator had it shown. */
        public static final String BY_DRY_RUN = "the operator runs with --dry-run";
    }

    /**
     * Something went wrong.
     *
     * @param again when to look again; empty: as the failure says
     */
    record Failed(Failure failure, Optional<Duration> again) implements ReconcileResult {}

    /**
     * The resource has been let go.
     *
     * @param remark what should be known about it, for people; empty when there is nothing
     */
    record Gone(String remark) implements ReconcileResult {}

    /** It waits for its turn, or for the first sweep, and is called. */
    record Deferred() implements ReconcileResult {}

    /** There is nothing to do and nothing to say. */
    record Untouched() implements ReconcileResult {}
}
