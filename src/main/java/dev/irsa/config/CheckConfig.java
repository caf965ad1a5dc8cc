package dev.irsa.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What {@code irsa-operator check} tries, and how long it waits.
 *
 * @param namespace empty: the one that the client is configured with
 * @param name of the object that is made
 * @param timeout of each step
 */
public record CheckConfig(Optional<String> namespace, String name, Duration timeout) {
    /**
     * Makes sense of the flags.
     *
     * @throws InvalidConfiguration with every mistake there is
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
                        "it must be a name of at most 63 lower-case letters, digits and dashes"),
                reading.pause("--timeout", options.timeout));
        reading.complain();
        return config;
    }
}
