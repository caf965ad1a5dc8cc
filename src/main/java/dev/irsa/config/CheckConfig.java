package dev.irsa.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of {@code irsa-operator check}.
 *
 * @param namespace of the test resource; empty: the namespace that the client is configured with
 * @param name of the test resource
 * @param timeout of each step
 */
public record CheckConfig(Optional<String> namespace, String name, Duration timeout) {
    private static final Flag NAMESPACE = Flag.argument("--namespace", "NAMESPACE")
            .help("Namespace of the test resource. An IamEntitlement must select it."
                    + " Default: the namespace of the pod or of the kubeconfig context");

    private static final Flag NAME = Flag.argument("--name", "NAME")
            .orElse("irsa-operator-check")
            .help("Name of the IamServiceAccount and ServiceAccount that the check creates. Neither may exist."
                    + " Default: ${DEFAULT-VALUE}");

    private static final Flag TIMEOUT =
            Flag.argument("--timeout", "DURATION").orElse("2m").help("Timeout of each step. Default: ${DEFAULT-VALUE}");

    /** Returns the flags of the command. */
    public static GivenFlags flags() {
        return new GivenFlags(
                List.of(NAMESPACE, NAME, TIMEOUT), flag -> flag.equals(NAMESPACE) ? flag.option("-n") : flag.option());
    }

    /**
     * Parses and validates the flags.
     *
     * @throws InvalidConfiguration with all problems
     */
    public static CheckConfig of(GivenFlags given) throws InvalidConfiguration {
        FlagReader flags = new FlagReader(given::texts);
        CheckConfig config = new CheckConfig(
                flags.givenMatching(NAMESPACE, FlagReader.LABEL, FlagReader.LABEL_RULE),
                flags.matching(
                        NAME,
                        "(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?",
                        "it must have at most 63 lower-case letters, digits and hyphens"),
                flags.positiveDuration(TIMEOUT));
        flags.throwIfInvalid();
        return config;
    }
}
