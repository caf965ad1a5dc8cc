package dev.irsa.cli.check;

import dev.irsa.kubernetes.ApiServerMessage;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait for what.
 *
 * @param limit of each thing that is waited for
 * @param pause between two looks
 * @param stopped counted down when nothing is to be waited for any more
 */
public record CheckTimeouts(InstantSource clock, Duration limit, Duration pause, CountDownLatch stopped) {
    /** One look. */
    @FunctionalInterface
    interface Look<T> {
        /** What is waited for, once it is there. */
        Optional<T> now() throws CheckFailed;
    }

    /** Waiting was ended from outside. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** For what is done at the end, stopped or not. */
    CheckTimeouts unstoppable(Duration other) {
        return new CheckTimeouts(clock, other, pause, new CountDownLatch(1));
    }

    /**
     * Looks until there is something to see, past what may pass by itself: no answer, or too many questions.
     *
     * @return empty: it did not come in time
     * @throws KubernetesClientException what does not pass, or has not in time
     */
    <T> Optional<T> until(Look<T> look) throws CheckFailed, Stopped, InterruptedException {
        Instant end = clock.instant().plus(limit);
        while (true) {
            boolean last = !clock.instant().isBefore(end);
            try {
                Optional<T> seen = look.now();
                if (seen.isPresent() || last) {
                    return seen;
                }
            } catch (KubernetesClientException e) {
                if (last || !ApiServerMessage.mayChange(e)) {
                    throw e;
                }
            }
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        }
    }

    /** The limit, for people. */
    String text() {
        return limit.toSeconds() + " s";
    }
}
