package dev.irsa.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of {@code irsa-operator check}.
 *
 * @param namespace of the test resource; empty: the namespace that the client is configured with
 * @param name of the test resource
 * @param timeout of each step
 */
public record CheckConfig(Optional<String> namespace, String name, Duration timeout) {
    /**
     * Parses and validates the flags.
     *
     * @throws InvalidConfiguration with all problems
     */
    public static CheckConfig of(CheckOptions options) throws InvalidConfiguration {
        ConfigReader reading = new ConfigReader();
        Optional<String> namespace = ConfigReader.given(options.namespace);
        namespace.ifPresent(name -> reading.namespace("--namespace", name));
        CheckConfig config = new CheckConfig(
                namespace,
                reading.matching(
                        "--name",
                        options.name,
                        "(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?",
                        "it must have at most 63 lower-case letters, digits and hyphens"),
                reading.positiveDuration("--timeout", options.timeout));
        reading.throwIfInvalid();
        return config;
    }
}
