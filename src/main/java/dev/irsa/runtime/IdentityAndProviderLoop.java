package dev.irsa.runtime;

import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.identity.OidcProviderMonitor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves the identity of the cluster, with retries, and then monitors the OIDC provider. */
final class IdentityAndProviderLoop {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityAndProviderLoop.class);
    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final ClusterIdentityResolver identities;
    private final OidcProviderMonitor provider;
    private final CountDownLatch firstPass = new CountDownLatch(1);
    private int failures;
    private String reported = "";

    IdentityAndProviderLoop(ClusterIdentityResolver identities, OidcProviderMonitor provider) {
        this.identities = identities;
        this.provider = provider;
    }

    /** Runs the check that is due and returns the time until the next one. */
    Duration step() {
        if (!identities.known() && !identities.tryResolve()) {
            return retryDelay();
        }
        Duration next = provider.step();
        firstPass.countDown();
        return next;
    }

    /** Waits until the first complete pass has ended, for at most the timeout. */
    void await(Duration timeout) throws InterruptedException {
        boolean _ = firstPass.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration retryDelay() {
        String problem = identities.failure().message();
        if (!problem.equals(reported)) {
            LOG.warn("not ready: {}", problem);
            reported = problem;
        }
        return RETRY.after(failures++);
    }
}
