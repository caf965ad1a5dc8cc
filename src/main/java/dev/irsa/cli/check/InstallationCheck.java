package dev.irsa.cli.check;

import dev.irsa.cli.check.CheckTimeouts.Stopped;
import java.time.Duration;
import java.util.function.Consumer;

/** An object is made, becomes Ready, and goes again, with all that came of it: then the operator works. */
public final class InstallationCheck {
    /** A pod that is told to stop has 30 seconds. */
    private static final Duration LAST_DELETION = Duration.ofSeconds(10);

    private final CheckResource object;
    private final CheckTimeouts patience;
    private final Consumer<String> progress;

    /** @param progress is told each step, in a line */
    public InstallationCheck(CheckResource object, CheckTimeouts patience, Consumer<String> progress) {
        this.object = object;
        this.patience = patience;
        this.progress = progress;
    }

    /** Returns when all went well. What it has made it deletes in any case. */
    public void run() throws CheckFailed, InterruptedException {
        CheckSteps steps = new CheckSteps(object, patience, progress);
        try {
            steps.requireRights();
            steps.freeTheName();
            try {
                steps.create();
                steps.awaitReady();
            } catch (CheckFailed e) {
                takeAway(steps, e);
                throw e;
            }
            steps.takeAway();
        } catch (Stopped e) {
            throw stopped();
        }
    }

    private static void takeAway(CheckSteps steps, CheckFailed failure)
            throws CheckFailed, Stopped, InterruptedException {
        try {
            steps.takeAway();
        } catch (CheckFailed e) {
            throw failure.and(e);
        }
    }

    /** Nothing is waited for any more, but what was made is not left either. */
    private CheckFailed stopped() throws InterruptedException {
        CheckFailed stopped = new CheckFailed("stopped before the end");
        try {
            new CheckSteps(object, patience.unstoppable(LAST_DELETION), progress).delete();
            return stopped;
        } catch (CheckFailed e) {
            return stopped.and(e);
        } catch (Stopped e) {
            throw new IllegalStateException("it cannot be stopped", e);
        }
    }
}
