package dev.irsa.kubectl.plan;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Whether the cluster has EKS Pod Identity. If the user may not find out, it is assumed to have it. The cluster is read once. */
public final class ReadablePodIdentity implements Supplier<PodIdentityAvailability> {
    private final BooleanSupplier installed;
    private final Supplier<PodIdentityAvailability> discovery;
    private final Consumer<String> warn;
    private Optional<PodIdentityAvailability> known = Optional.empty();

    /**
     * Creates the source.
     *
     * @param installed returns whether the agent is installed; throws {@link FailureException} if the user may not read that
     * @param discovery what the operator finds
     * @param warn is given the assumption once
     */
    public ReadablePodIdentity(
            BooleanSupplier installed, Supplier<PodIdentityAvailability> discovery, Consumer<String> warn) {
        this.installed = installed;
        this.discovery = discovery;
        this.warn = warn;
    }

    @Override
    public PodIdentityAvailability get() {
        PodIdentityAvailability availability = known.orElseGet(this::read);
        known = Optional.of(availability);
        return availability;
    }

    private PodIdentityAvailability read() {
        try {
            return installed.getAsBoolean() ? new PodIdentityAvailability.Available() : discovery.get();
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.AccessDenied(String action, var _))) {
                throw e;
            }
            warn.accept("you do not have the permission to " + action
                    + ", so the plan assumes that the EKS Pod Identity Agent is installed");
            return new PodIdentityAvailability.Available();
        }
    }
}
