package dev.irsa.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process after an {@link Error}, so that Kubernetes restarts it. Otherwise only the thread would end: the framework
 * would not reconcile the resource again, and a leader could hold the Lease without working.
 */
public final class ExitOnError implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ExitOnError.class);

    private final Runnable end;

    /** @param end ends the process immediately */
    public ExitOnError(Runnable end) {
        this.end = end;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        try {
            LOG.error("internal error; report it with this stack trace", thrown);
            if (thrown instanceof Error) {
                LOG.error("the thread \"{}\" has ended unexpectedly; exiting", thread.getName());
            }
        } finally {
            // Logging may need the class that is missing.
            if (thrown instanceof Error) {
                end.run();
            }
        }
    }
}
