package dev.irsa.runtime;

import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.identity.OidcProviderMonitor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What AWS is asked for all resources at once: who we are, until it has said so, and from then on how the provider is. */
final class IdentityAndProviderLoop {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityAndProviderLoop.class);
    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final ClusterIdentityResolver identities;
    private final OidcProviderMonitor provider;
    private final CountDownLatch answered = new CountDownLatch(1);
    private int failures;
    private String told = "";

    IdentityAndProviderLoop(ClusterIdentityResolver identities, OidcProviderMonitor provider) {
        this.identities = identities;
        this.provider = provider;
    }

    /** Asks what is to be asked now; answers when to ask again. */
    Duration step() {
        if (!identities.known() && !identities.ask()) {
            return later();
        }
        Duration next = provider.step();
        answered.countDown();
        return next;
    }

    /** Waits until all has been asked once, but no longer than this. */
    void await(Duration patience) throws InterruptedException {
        boolean _ = answered.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration later() {
        String problem = identities.failure().message();
        if (!problem.equals(told)) {
            LOG.warn("not ready: {}", problem);
            told = problem;
        }
        return RETRY.after(failures++);
    }
}
