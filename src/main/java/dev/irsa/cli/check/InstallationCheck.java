package dev.irsa.cli.check;

import dev.irsa.cli.check.CheckTimeouts.Stopped;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Verifies an installation: creates a resource, waits until it is Ready, and deletes it with all dependents.
 *
 * @param progress receives one line for each step
 */
public record InstallationCheck(CheckResource resource, CheckTimeouts timeouts, Consumer<String> progress) {
    /** The limit of the final cleanup, well below the default termination grace period of a pod, 30 seconds. */
    private static final Duration LAST_DELETION = Duration.ofSeconds(10);

    /** Runs the check and returns if it succeeds. Deletes the resource in any case. */
    public void run() throws CheckFailed, InterruptedException {
        CheckOperations steps = new CheckOperations(resource, timeouts, progress);
        try {
            steps.requirePermissions();
            steps.deleteLeftover();
            try {
                steps.create();
                steps.awaitReady();
            } catch (CheckFailed e) {
                cleanUp(steps, e);
                throw e;
            }
            steps.deleteAndWait();
        } catch (Stopped e) {
            throw stopped();
        }
    }

    private static void cleanUp(CheckOperations steps, CheckFailed failure)
            throws CheckFailed, Stopped, InterruptedException {
        try {
            steps.deleteAndWait();
        } catch (CheckFailed e) {
            throw failure.and(e);
        }
    }

    /** Deletes the resource after a signal, without waiting until it no longer exists. */
    private CheckFailed stopped() throws InterruptedException {
        CheckFailed stopped = new CheckFailed("interrupted by a signal before completion");
        try {
            new CheckOperations(resource, timeouts.unstoppable(LAST_DELETION), progress).delete();
            return stopped;
        } catch (CheckFailed e) {
            return stopped.and(e);
        } catch (Stopped e) {
            throw new IllegalStateException("the cleanup cannot be stopped", e);
        }
    }
}
