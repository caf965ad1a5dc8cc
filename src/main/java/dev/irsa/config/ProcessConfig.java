package dev.irsa.config;

import dev.irsa.core.text.Documentation;
import dev.irsa.port.NamespacedName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the process of the operator runs.
 *
 * @param ownDeployment the operator's own Deployment; empty: not known
 * @param settingsFile to which the settings are written; empty: none
 * @param lease of the leader; empty: no leader election
 * @param startTimeout how long to wait for the API server at startup
 * @param httpPort of the health endpoints; 0: any free port
 * @param logFormat text or json
 * @param documentation that messages refer to
 */
public record ProcessConfig(
        Optional<NamespacedName> ownDeployment,
        Optional<Path> settingsFile,
        Optional<NamespacedName> lease,
        Duration startTimeout,
        int httpPort,
        LogFormat logFormat,
        Documentation documentation) {
    /** The name of the Lease in the namespace of the pod. */
    private static final String LEASE_NAME = "irsa-operator";

    static final Flag OWN_DEPLOYMENT = Flag.of("--own-deployment", "NAMESPACE/NAME")
            .help("The operator's own Deployment, for events that concern no single resource. Default: none; they"
                    + " appear only in the log");

    static final Flag SETTINGS_FILE = Flag.of("--settings-file", "FILE")
            .help(
                    "File to which the operator writes its settings, for kubectl irsa --operator-settings. Default: none");

    static final Flag LEADER_ELECTION = Flag.of("--leader-election", "true|false")
            .trueIfGiven()
            .orElse("false")
            .help("Enable leader election. Default: ${DEFAULT-VALUE}");

    static final Flag LEASE = Flag.of("--lease", "NAMESPACE/NAME")
            .help("Lease of the leader. Default: " + LEASE_NAME + " in the namespace of the pod");

    static final Flag START_TIMEOUT = Flag.of("--start-timeout", "DURATION")
            .orElse("60s")
            .help("How long to wait for the API server at startup. Default: ${DEFAULT-VALUE}");

    static final Flag HTTP_PORT = Flag.of("--http-port", "PORT")
            .orElse("8080")
            .help("Port of /livez, /readyz and /metrics; 0 chooses any free port. Default: ${DEFAULT-VALUE}");

    static final Flag LOG_FORMAT =
            Flag.of("--log-format", "text|json").help("Format of the log. Default: text on a terminal, json elsewhere");

    static final Flag DOCUMENTATION_URL = Flag.of("--documentation-url", "URL")
            .orElse(Documentation.HOME_ADDRESS)
            .help("Address of the documentation in messages, with a slash at the end. Default: ${DEFAULT-VALUE}");

    /** The format of log lines. */
    public enum LogFormat {
        /** For people. */
        text,
        /** For programs. */
        json
    }

    static ProcessConfig read(boolean terminal, Optional<String> podNamespace, FlagReader flags) {
        return new ProcessConfig(
                flags.givenMatching(
                                OWN_DEPLOYMENT,
                                "[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}",
                                "it must be the namespace and the name of a Deployment, such as irsa-operator/irsa-operator")
                        .flatMap(NamespacedName::parse),
                flags.given(SETTINGS_FILE).map(Path::of),
                lease(podNamespace, flags),
                flags.duration(START_TIMEOUT),
                flags.number(HTTP_PORT, 0, 65535),
                flags.choice(LOG_FORMAT, flags.textOr(LOG_FORMAT, terminal ? "text" : "json"), LogFormat.class),
                new Documentation(flags.matching(
                        DOCUMENTATION_URL,
                        "https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]{1,200}/",
                        "it must be an http or https address of at most 200 characters that ends with a slash")));
    }

    private static Optional<NamespacedName> lease(Optional<String> podNamespace, FlagReader flags) {
        Optional<NamespacedName> given = flags.givenMatching(
                        LEASE,
                        FlagReader.LABEL + "/(?=.{1,253}$)" + FlagReader.LABEL + "(?:\\." + FlagReader.LABEL + ")*",
                        "it must be the namespace and the name of a Lease, such as irsa-operator/irsa-operator")
                .flatMap(NamespacedName::parse);
        if (!flags.trueOrFalse(LEADER_ELECTION)) {
            return Optional.empty();
        }
        Optional<NamespacedName> lease = given.or(() -> podNamespace.map(name -> new NamespacedName(name, LEASE_NAME)));
        if (lease.isEmpty() && flags.given(LEASE).isEmpty()) {
            flags.problem(
                    LEASE,
                    "",
                    "--leader-election requires a Lease, and outside a pod there is no default namespace; set"
                            + " --lease=NAMESPACE/NAME");
        }
        return lease;
    }
}
