package dev.irsa.config;

import dev.irsa.desired.Issuer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration, read once.
 *
 * @param clusterName part of the names and tags of all roles
 * @param region empty: as the AWS SDK finds it
 * @param oidcIssuer empty: discovered
 * @param rolePath begins and ends with a slash
 * @param watchNamespaces empty: all
 * @param awsMaxInFlight calls to AWS at the same time
 * @param awsRate calls to IAM a second, at most; empty: as many as AWS takes
 * @param dryRun write nothing but status
 * @param slowestRetry longest pause before a failure that needs a person is tried again
 * @param consistencyWindow how long IAM may take to show a write
 * @param startTimeout how long to wait for the API server at start
 * @param httpPort of the health endpoints; 0: any
 * @param logFormat text or json
 */
public record OperatorConfig(
        String clusterName,
        Optional<String> region,
        Optional<String> oidcIssuer,
        String rolePath,
        Set<String> watchNamespaces,
        int awsMaxInFlight,
        OptionalInt awsRate,
        boolean dryRun,
        Duration slowestRetry,
        Duration consistencyWindow,
        Duration startTimeout,
        int httpPort,
        LogFormat logFormat) {
    /** How log lines look. */
    public enum LogFormat {
        /** For people. */
        text,
        /** For programs. */
        json
    }

    /**
     * Makes sense of the flags.
     *
     * @param terminal whether a person reads the log
     * @throws InvalidConfiguration with every mistake there is
     */
    public static OperatorConfig of(RunOptions options, boolean terminal) throws InvalidConfiguration {
        Reading reading = new Reading();
        String clusterName = reading.matching(
                "--cluster-name",
                options.clusterName,
                "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                "give the name of this cluster: letters, digits, '.', '_' and '-', 100 at most");
        String rolePath = reading.matching(
                "--role-path",
                Objects.requireNonNullElse(options.rolePath, "/irsa/" + clusterName + "/"),
                "(?=.{1,512}$)/(?:[A-Za-z0-9+=,.@_-]+/)*",
                "it must begin and end with a slash, as /irsa/production/, and have at most 512 characters");
        Optional<String> region = given(options.region);
        region.ifPresent(name -> reading.matching(
                "--region", name, "[a-z0-9]+(?:-[a-z0-9]+)+", "it must be the name of an AWS region, as eu-west-1"));
        Optional<String> issuer = given(options.oidcIssuer);
        issuer.flatMap(Issuer::unreachable)
                .ifPresent(why -> reading.problem("--oidc-issuer", issuer.orElseThrow(), why));
        TreeSet<String> namespaces = new TreeSet<>(options.watchNamespaces);
        namespaces.remove("");
        namespaces.forEach(namespace -> reading.matching(
                "--watch-namespace",
                namespace,
                "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?",
                "it must be the name of a namespace"));
        OperatorConfig config = new OperatorConfig(
                clusterName,
                region,
                issuer,
                rolePath,
                namespaces,
                reading.number("--aws-max-in-flight", options.awsMaxInFlight, 1, 256),
                reading.numberUnless("adaptive", "--aws-rate", options.awsRate, 1, 1000),
                reading.choice("--dry-run", options.dryRun, List.of("true", "false"))
                        .equals("true"),
                reading.pause("--slowest-retry", options.slowestRetry),
                reading.duration("--consistency-window", options.consistencyWindow),
                reading.duration("--start-timeout", options.startTimeout),
                reading.number("--http-port", options.httpPort, 0, 65535),
                LogFormat.valueOf(reading.choice(
                        "--log-format",
                        Objects.requireNonNullElse(options.logFormat, terminal ? "text" : "json"),
                        List.of("text", "json"))));
        reading.complain();
        return config;
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }
}
