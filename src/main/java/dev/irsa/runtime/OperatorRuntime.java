package dev.irsa.runtime;

import dev.irsa.metrics.OperatorMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator without its process: starts and stops its parts. */
public final class OperatorRuntime implements AutoCloseable {
    private static final Duration FIRST_IDENTITY_TIMEOUT = Duration.ofSeconds(5);
    /** How long running reconciles and writes of the loops may take when the operator stops. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(20);
    /** How long reads of all loops may take. Interrupting the read of a sweep page does no harm. */
    private static final Duration GRACE_PERIOD_OF_READS = Duration.ofSeconds(1);

    private final OperatorComponents parts;
    private final BackgroundLoop identityLoop;

    private volatile boolean watching;
    private volatile boolean working;
    private volatile boolean started;

    /**
     * Wires the operator and does not start it.
     *
     * @param metrics record what happens
     */
    public OperatorRuntime(ExternalDependencies outside, RuntimeSettings settings, OperatorMetrics metrics) {
        this.parts = OperatorComponents.wire(outside, settings, metrics, () -> working);
        this.identityLoop = new BackgroundLoop("identity", parts.identity()::step);
    }

    /** Watches and works. If AWS is unavailable, every resource reports that until AWS is back. */
    public void start() throws InterruptedException {
        standBy();
        work();
    }

    /** Only watches the cluster, so that the caches are complete when this replica becomes the leader. */
    public void standBy() {
        parts.framework().start();
        watching = true;
    }

    /** Starts to work. */
    public void work() throws InterruptedException {
        identityLoop.start();
        // AWS usually responds at once. Waiting avoids a short-lived status that says it has not responded.
        parts.identity().await(FIRST_IDENTITY_TIMEOUT);
        parts.accounts().start();
        working = true;
        parts.caches().requeueAll();
        parts.workLoops().forEach(BackgroundLoop::start);
        started = true;
    }

    /** Returns why the process must be restarted; empty if it is healthy. */
    public Optional<String> deadBecause() {
        if (watching && parts.framework().hasLostAWatch()) {
            return Optional.of("a watch has ended and cannot be restarted");
        }
        // During a stop, the loops end normally.
        return started && working
                ? loops().filter(loop -> !loop.isAlive())
                        .map(loop -> "the thread \"" + loop.name() + "\" has ended unexpectedly")
                        .findFirst()
                : Optional.empty();
    }

    private Stream<BackgroundLoop> loops() {
        return Stream.of(
                        Stream.of(identityLoop),
                        parts.workLoops().stream(),
                        parts.accounts().loops())
                .flatMap(loops -> loops);
    }

    /** Returns why the operator is not ready; empty if it is ready. */
    public Optional<String> unreadyBecause() {
        if (!started) {
            return Optional.of("starting");
        }
        return parts.identity().unknownBecause();
    }

    /** Accepts no more work and waits for running work. Afterwards another replica may work. */
    public void stopWorking() {
        working = false;
        parts.accounts().stop();
        loops().forEach(BackgroundLoop::stop);
        // The loop "entitlements" waits for this signal.
        parts.entitlementChanges().signal();
        parts.running().stop(GRACE_PERIOD);
        BackgroundLoop.end(loops(), GRACE_PERIOD_OF_READS);
    }

    /** Stops the work and then the watches, because running reconciles depend on the watches. */
    @Override
    public void close() {
        stopWorking();
        parts.framework().close();
    }
}
