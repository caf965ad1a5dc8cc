package dev.irsa.cli.check;

import dev.irsa.kubernetes.ApiServerMessage;
import dev.irsa.kubernetes.KubernetesRequirements;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The timeouts of the check, and how it waits.
 *
 * @param limit of each step
 * @param pause between two probes
 * @param stopped counted down when the check must stop waiting
 */
public record CheckTimeouts(InstantSource clock, Duration limit, Duration pause, CountDownLatch stopped) {
    /** One attempt to observe a state. */
    @FunctionalInterface
    interface Probe<T> {
        /** Returns the expected state once it is reached. */
        Optional<T> now() throws CheckFailed;
    }

    /** Reports that a signal ended the waiting. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Returns timeouts for the final cleanup, which a signal does not end. */
    CheckTimeouts unstoppable(Duration other) {
        return new CheckTimeouts(clock, other, pause, new CountDownLatch(1));
    }

    /**
     * Probes until the expected state is reached. Retries transient failures: no response, or too many requests.
     *
     * @param problem what a failure prevents, as the beginning of a message
     * @return empty: the state was not reached in time
     * @throws CheckFailed if a failure is permanent, or still occurs at the end
     */
    <T> Optional<T> until(String problem, Probe<T> probe) throws CheckFailed, Stopped, InterruptedException {
        Instant end = clock.instant().plus(limit);
        while (true) {
            boolean last = !clock.instant().isBefore(end);
            try {
                Optional<T> seen = probe.now();
                if (seen.isPresent() || last) {
                    return seen;
                }
            } catch (KubernetesClientException e) {
                if (last || !ApiServerMessage.mayChange(e)) {
                    throw new CheckFailed(message(problem, e));
                }
            }
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        }
    }

    /** Returns the problem with a failed request, and what to do. */
    private static String message(String what, KubernetesClientException thrown) {
        if (thrown.getCode() <= 0) {
            return "the API server does not respond: " + ApiServerMessage.of(thrown) + "; see: kubectl cluster-info";
        }
        if (thrown.getCode() == 404) {
            return isAboutNamespace(thrown)
                    ? what + ": " + ApiServerMessage.of(thrown) + "; create the namespace or set another --namespace"
                    : KubernetesRequirements.notInstalled("iamserviceaccounts.irsa.dev");
        }
        return what + ": " + ApiServerMessage.of(thrown);
    }

    private static boolean isAboutNamespace(KubernetesClientException thrown) {
        return Optional.ofNullable(thrown.getStatus())
                .map(status -> status.getDetails())
                .map(details -> "namespaces".equals(details.getKind()))
                .orElse(false);
    }

    String text() {
        return limit.toSeconds() + " s";
    }
}
