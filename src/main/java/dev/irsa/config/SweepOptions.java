package dev.irsa.config;

import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator run} that concern sweeps, as unparsed text. */
final class SweepOptions {
    @Option(
            names = "--sweep-interval",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_SWEEP_INTERVAL:-10m}",
            description = {
                "How often the operator reads all roles in bulk and compares them. Default: ${DEFAULT-VALUE}",
                "IRSA_SWEEP_INTERVAL"
            })
    String interval = "10m";

    @Option(
            names = "--sweep-page-size",
            paramLabel = "N",
            defaultValue = "${env:IRSA_SWEEP_PAGE_SIZE:-1000}",
            description = {
                "Roles per page of a sweep, 1 to 1000. Smaller pages need more calls. Default: ${DEFAULT-VALUE}",
                "IRSA_SWEEP_PAGE_SIZE"
            })
    String pageSize = "1000";

    @Option(
            names = "--fallback-interval",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_FALLBACK_INTERVAL:-1h}",
            description = {
                "How often the operator reads each role if it cannot read roles in bulk. Default: ${DEFAULT-VALUE}",
                "IRSA_FALLBACK_INTERVAL"
            })
    String fallbackInterval = "1h";

    @Option(
            names = "--remove-orphans",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:IRSA_REMOVE_ORPHANS:-false}",
            paramLabel = "true|false",
            description = {
                "Delete roles of this cluster whose resource no longer exists. The operator deletes none while more than"
                        + " 10 roles, or more than 5 percent of all, are orphans."
                        + " Default: ${DEFAULT-VALUE}, which only reports them",
                "IRSA_REMOVE_ORPHANS"
            })
    String removeOrphans = "false";

    /** Parses and validates the flags. */
    OperatorConfig.Sweep parse(ConfigReader reading) {
        return new OperatorConfig.Sweep(
                reading.positiveDuration("--sweep-interval", interval),
                reading.number("--sweep-page-size", pageSize, 1, 1000),
                reading.positiveDuration("--fallback-interval", fallbackInterval),
                reading.flag("--remove-orphans", removeOrphans));
    }
}
