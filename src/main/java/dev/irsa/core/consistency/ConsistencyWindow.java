package dev.irsa.core.consistency;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import java.time.Duration;
import java.time.Instant;

/** Until when what IAM shows of a role may be what was before a write. */
public final class ConsistencyWindow {
    private final Duration window;
    private final Instant processStart;
    private boolean nothingUnheardBefore;
    private volatile Instant lastWrite = Instant.MIN;
    private volatile Instant lastUnanswered = Instant.MIN;

    /** @param window how long IAM may take to show a write everywhere */
    ConsistencyWindow(Duration window, Instant processStart) {
        this.window = window;
        this.processStart = processStart;
    }

    void wrote(Instant now) {
        lastWrite = latest(lastWrite, now);
    }

    /** A call went out whose answer nobody heard: it may take effect yet, or never. */
    void wroteUnheard(Instant now) {
        wrote(now);
        lastUnanswered = now;
    }

    /**
     * The resource was made in that second, or later: for what was made since this process began no other ever wrote. The
     * API server's clock is taken to be ahead of ours by less than it takes for another process to begin to work.
     */
    void resourceMadeAt(Instant made) {
        nothingUnheardBefore |= !made.isBefore(processStart);
    }

    /**
     * Since then the role has been there and its resource has known it: a window later no process can have been shown that
     * it is not, and asked for another, and after one more whatever was asked for has arrived or never will. A third is for
     * the clock that told the time, AWS's or another node's, which is taken to differ from ours by less than that.
     */
    void knownSince(Instant since, Instant now) {
        nothingUnheardBefore |= !now.isBefore(after(after(after(since))));
    }

    /** How long a call may yet take effect that this process or the one before it no longer waits for. */
    Duration unheard(Instant now) {
        return until(now, latest(after(lastUnanswered), nothingUnheardBefore ? Instant.MIN : after(processStart)));
    }

    /** Whether IAM may still be spreading something that this process wrote. */
    boolean ours(Instant now) {
        return now.isBefore(after(lastWrite));
    }

    /** Whether what began then to be read shows all that this process wrote. */
    boolean showsOurs(Instant began) {
        return !began.isBefore(after(lastWrite));
    }

    /** Whether what began then to be read shows all that the process before this one wrote. */
    boolean showsThoseBefore(Instant began) {
        return !began.isBefore(after(processStart));
    }

    /** How long from now until all is shown that this process or the one before it wrote. */
    Duration left(Instant now) {
        return left(now, Instant.MIN);
    }

    /** The same, and an answer that has been the same since then has been so for as long as the window. */
    Duration left(Instant now, Instant since) {
        return until(now, latest(after(lastWrite), after(processStart), after(since)));
    }

    /** IAM has yet to show what was written: it is asked again soon. */
    public static FailureException notYet(String message) {
        return new FailureException(new Failure.Passing(Reason.Reconciling, message));
    }

    private static Duration until(Instant now, Instant end) {
        return now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    }

    private Instant after(Instant from) {
        return from.equals(Instant.MIN) ? from : from.plus(window);
    }

    private static Instant latest(Instant... instants) {
        Instant latest = Instant.MIN;
        for (Instant instant : instants) {
            latest = instant.isAfter(latest) ? instant : latest;
        }
        return latest;
    }
}
