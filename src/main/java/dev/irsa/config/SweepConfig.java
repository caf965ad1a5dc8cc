package dev.irsa.config;

import java.time.Duration;

/**
 * How all roles are read.
 *
 * @param interval longest time between two sweeps
 * @param pageSize roles per page of a sweep
 * @param fallbackInterval in which each role is read once if roles cannot be read in bulk
 * @param removeOrphans whether roles without a resource are deleted
 */
public record SweepConfig(Duration interval, int pageSize, Duration fallbackInterval, boolean removeOrphans) {
    static final Flag SWEEP_INTERVAL = Flag.of("--sweep-interval", "DURATION")
            .orElse("10m")
            .help("How often the operator reads all roles in bulk and compares them. Default: ${DEFAULT-VALUE}");

    static final Flag SWEEP_PAGE_SIZE = Flag.of("--sweep-page-size", "N")
            .orElse("1000")
            .help("Roles per page of a sweep, 1 to 1000. Smaller pages need more calls. Default: ${DEFAULT-VALUE}");

    static final Flag FALLBACK_INTERVAL = Flag.of("--fallback-interval", "DURATION")
            .orElse("1h")
            .help("How often the operator reads each role if it cannot read roles in bulk. Default: ${DEFAULT-VALUE}");

    static final Flag REMOVE_ORPHANS = Flag.of("--remove-orphans", "true|false")
            .trueIfGiven()
            .orElse("false")
            .help("Delete roles of this cluster whose resource no longer exists. The operator deletes none while more"
                    + " than 10 roles, or more than 5 percent of all, are orphans."
                    + " Default: ${DEFAULT-VALUE}, which only reports them");

    static SweepConfig read(FlagReader flags) {
        return new SweepConfig(
                flags.positiveDuration(SWEEP_INTERVAL),
                flags.number(SWEEP_PAGE_SIZE, 1, 1000),
                flags.positiveDuration(FALLBACK_INTERVAL),
                flags.trueOrFalse(REMOVE_ORPHANS));
    }
}
