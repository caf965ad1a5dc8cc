package dev.irsa.runtime;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.PodIdentitySource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out for all resources whether pods can get EKS Pod Identity, so that no reconcile has to. It looks only while the
 * default or a resource asks for Pod Identity. An operator without Pod Identity needs no permission for that.
 */
final class PodIdentityLoop implements PodIdentitySource {
    private static final Logger LOG = LoggerFactory.getLogger(PodIdentityLoop.class);
    /** How soon the operator notices the first resource that asks for Pod Identity. */
    private static final Duration WHILE_UNUSED = Duration.ofSeconds(5);

    /** While no resource asks for Pod Identity, one look a day is enough: associations of an earlier time may remain. */
    private static final long STEPS_BETWEEN_LOOKS = Duration.ofDays(1).dividedBy(WHILE_UNUSED);

    /** Users install the agent soon after a resource reports that it is missing, or much later. */
    private static final ExponentialBackoff WHILE_UNAVAILABLE =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private static final Duration WHILE_AVAILABLE = Duration.ofMinutes(5);
    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final Supplier<PodIdentityAvailability> look;
    private final BooleanSupplier used;
    private final BooleanSupplier mayLook;
    private final Runnable requeueAll;
    private volatile Optional<PodIdentityAvailability> availability = Optional.empty();
    private volatile Failure failure = new Failure.Passing(
            Reason.Reconciling, "checking whether nodes run the EKS Pod Identity Agent; no action needed");
    private volatile boolean availableUnused;
    private long stepsUnused;
    private int failures;
    private int looksInVain;

    /**
     * Creates a loop that has not looked yet.
     *
     * @param look looks at the cluster; throws {@link FailureException} when that fails
     * @param used whether the default or a resource asks for Pod Identity
     * @param mayLook whether the operator has the permission to look, which it needs only if Pod Identity is used
     * @param requeueAll requeues every resource
     */
    PodIdentityLoop(
            Supplier<PodIdentityAvailability> look,
            BooleanSupplier used,
            BooleanSupplier mayLook,
            Runnable requeueAll) {
        this.look = look;
        this.used = used;
        this.mayLook = mayLook;
        this.requeueAll = requeueAll;
    }

    @Override
    public PodIdentityAvailability current() {
        return availability.orElseThrow(() -> new FailureException(failure));
    }

    @Override
    public boolean isAvailable() {
        return availableUnused
                || availability
                        .filter(PodIdentityAvailability.Available.class::isInstance)
                        .isPresent();
    }

    /** Looks if Pod Identity is used, and returns the time until the next step. */
    Duration step() {
        if (!used.getAsBoolean()) {
            looksInVain = 0;
            if (stepsUnused++ % STEPS_BETWEEN_LOOKS == 0) {
                lookUnused();
            }
            return WHILE_UNUSED;
        }
        availableUnused = false;
        try {
            PodIdentityAvailability seen = look.get();
            failures = 0;
            return update(seen);
        } catch (FailureException e) {
            return failed(e.failure());
        }
    }

    /** No resource waits for this answer, so it is neither reported nor repeated. Most operators may not look. */
    private void lookUnused() {
        try {
            availableUnused = mayLook.getAsBoolean() && look.get() instanceof PodIdentityAvailability.Available;
        } catch (FailureException e) {
            LOG.debug("cannot find out whether nodes run the EKS Pod Identity Agent", e);
        }
    }

    private Duration update(PodIdentityAvailability seen) {
        Optional<PodIdentityAvailability> found = Optional.of(seen);
        if (!found.equals(availability)) {
            availability = found;
            report(seen);
            requeueAll.run();
        }
        return switch (seen) {
            case PodIdentityAvailability.Available() -> {
                looksInVain = 0;
                yield WHILE_AVAILABLE;
            }
            case PodIdentityAvailability.Unavailable unavailable -> WHILE_UNAVAILABLE.after(looksInVain++);
        };
    }

    private static void report(PodIdentityAvailability seen) {
        switch (seen) {
            case PodIdentityAvailability.Available() -> LOG.info("pods can get credentials from EKS Pod Identity");
            case PodIdentityAvailability.Unavailable(String why) ->
                LOG.warn("pods cannot get credentials from EKS Pod Identity: {}", why);
        }
    }

    /** Keeps what an earlier look found: a failed read says nothing about the nodes. */
    private Duration failed(Failure cause) {
        if (!cause.message().equals(failure.message()) || failures == 0) {
            LOG.warn("cannot find out whether nodes run the EKS Pod Identity Agent; retrying: {}", cause.message());
        }
        failure = cause;
        return RETRY.after(failures++);
    }
}
