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
 * @param sweep how all roles are looked at
 * @param ownDeployment {@code <namespace>/<name>} of the operator's own Deployment; empty: not known
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
        Sweep sweep,
        Optional<String> ownDeployment,
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
     * How all roles are looked at.
     *
     * @param interval between two sweeps at most
     * @param pageSize roles to a page of a sweep
     * @param fallbackInterval in which each role is looked at once where no sweep can be had
     * @param removeOrphans whether roles without a resource are removed
     */
    public record Sweep(Duration interval, int pageSize, Duration fallbackInterval, boolean removeOrphans) {}

    /** Whether a namespace is this instance's to work in. */
    public boolean watches(String namespace) {
        return watchNamespaces.isEmpty() || watchNamespaces.contains(namespace);
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
        Optional<String> ownDeployment = given(options.ownDeployment);
        ownDeployment.ifPresent(name -> reading.matching(
                "--own-deployment",
                name,
                "[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}",
                "it must be the namespace and the name of a Deployment, as irsa-operator/irsa-operator"));
        OperatorConfig config = new OperatorConfig(
                clusterName,
                region,
                issuer,
                rolePath,
                namespaces,
                reading.number("--aws-max-in-flight", options.awsMaxInFlight, 1, 256),
                reading.numberUnless("adaptive", "--aws-rate", options.awsRate, 1, 1000),
                reading.flag("--dry-run", options.dryRun),
                reading.pause("--slowest-retry", options.slowestRetry),
                reading.duration("--consistency-window", options.consistencyWindow),
                new Sweep(
                        reading.pause("--sweep-interval", options.sweepInterval),
                        reading.number("--sweep-page-size", options.sweepPageSize, 1, 1000),
                        reading.pause("--fallback-interval", options.fallbackInterval),
                        reading.flag("--remove-orphans", options.removeOrphans)),
                ownDeployment,
                reading.duration("--start-timeout", options.startTimeout),
                reading.number("--http-port", options.httpPort, 0, 65535),
                LogFormat.valueOf(reading.choice(
                        "--log-format",
                        Objects.requireNonNullElse(options.logFormat, terminal ? "text" : "json"),
                        List.of("text", "json"))));
        reading.complain();
        return config;
    }

    /** Whether roles without a resource are removed: never in a dry run. */
    public boolean removesOrphans() {
        return sweep.removeOrphans() && !dryRun;
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }
}
