package dev.irsa.reconcile.run;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a step threw into a failure, and logs defects of the operator with their trace. */
public final class StepFailures {
    private static final Logger LOG = LoggerFactory.getLogger(StepFailures.class);

    private StepFailures() {}

    public static Failure of(RuntimeException thrown) {
        if (thrown instanceof FailureException known) {
            return known.failure();
        }
        LOG.error("internal error; report it with this stack trace", thrown);
        return new Failure.Passing(
                Reason.InternalError,
                "internal error: " + RootCause.of(thrown) + "; report it with the stack trace in the operator's log");
    }
}
