package dev.irsa.config;

import dev.irsa.port.LeaseName;
import java.util.Optional;

/** Parses and validates the flags of leader election. */
final class LeaseOptionsParser {
    private LeaseOptionsParser() {}

    /** Returns the Lease of the leader; empty without leader election. */
    static Optional<LeaseName> lease(RunOptions options, Optional<String> podNamespace, ConfigReader reading) {
        Optional<LeaseName> given = ConfigReader.given(options.lease)
                .map(text -> reading.matching(
                        "--lease",
                        text,
                        ConfigReader.LABEL + "/(?=.{1,253}$)" + ConfigReader.LABEL + "(?:\\." + ConfigReader.LABEL
                                + ")*",
                        "it must be the namespace and the name of a Lease, such as irsa-operator/irsa-operator"))
                .map(text -> text.split("/", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new LeaseName(parts[0], parts[1]));
        if (!reading.flag("--leader-election", options.leaderElection)) {
            return Optional.empty();
        }
        Optional<LeaseName> lease =
                given.or(() -> podNamespace.map(namespace -> new LeaseName(namespace, RunOptions.LEASE_NAME)));
        if (lease.isEmpty() && ConfigReader.given(options.lease).isEmpty()) {
            reading.problem(
                    "--lease",
                    "",
                    "--leader-election requires a Lease, and outside a pod there is no default namespace; set"
                            + " --lease=NAMESPACE/NAME");
        }
        return lease;
    }
}
