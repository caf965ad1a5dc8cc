package dev.irsa.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator run}, as they were given: text that {@link OperatorConfig} makes sense of. */
public final class RunOptions extends ClusterOptions {
    @Option(
            names = "--audiences",
            paramLabel = "AUDIENCE",
            split = ",",
            defaultValue = "${env:IRSA_AUDIENCES}",
            description = {
                "Audiences that objects may name, repeatable. Default: sts.amazonaws.com",
                "IRSA_AUDIENCES (comma-separated)"
            })
    List<String> audiences = new ArrayList<>();

    @Option(
            names = "--previous-cluster-id",
            paramLabel = "UID",
            split = ",",
            defaultValue = "${env:IRSA_PREVIOUS_CLUSTER_ID}",
            description = {
                "UID of the namespace kube-system of a cluster that this one replaces: its roles are taken over."
                        + " Repeatable. Default: none",
                "IRSA_PREVIOUS_CLUSTER_ID (comma-separated)"
            })
    List<String> previousClusterIds = new ArrayList<>();

    @Option(
            names = "--previous-issuer",
            paramLabel = "URL",
            split = ",",
            defaultValue = "${env:IRSA_PREVIOUS_ISSUER}",
            description = {
                "Issuer that this very cluster had before: the roles of that time are taken over. Repeatable."
                        + " Default: none",
                "IRSA_PREVIOUS_ISSUER (comma-separated)"
            })
    List<String> previousIssuers = new ArrayList<>();

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            split = ",",
            defaultValue = "${env:IRSA_WATCH_NAMESPACE}",
            description = {"Namespace to work in, repeatable. Default: all.", "IRSA_WATCH_NAMESPACE (comma-separated)"})
    List<String> watchNamespaces = new ArrayList<>();

    @Option(
            names = "--aws-max-in-flight",
            paramLabel = "N",
            defaultValue = "${env:IRSA_AWS_MAX_IN_FLIGHT:-16}",
            description = {"Calls to AWS at the same time, 1 to 256. Default: 16", "IRSA_AWS_MAX_IN_FLIGHT"})
    String awsMaxInFlight = "16";

    @Option(
            names = "--aws-rate",
            paramLabel = "adaptive|N",
            defaultValue = "${env:IRSA_AWS_RATE:-adaptive}",
            description = {
                "Calls to IAM a second, at most: 1 to 1000, or as many as AWS takes. Default: adaptive",
                "IRSA_AWS_RATE"
            })
    String awsRate = "adaptive";

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:IRSA_DRY_RUN:-false}",
            paramLabel = "true|false",
            description = {
                "Plan everything and write nothing but status and events: no finalizer, no deletion, no orphan removed.",
                "IRSA_DRY_RUN"
            })
    String dryRun = "false";

    @Option(
            names = "--slowest-retry",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_SLOWEST_RETRY:-5m}",
            description = {
                "Longest pause before a failure that needs a person is tried again. Default: 5m",
                "IRSA_SLOWEST_RETRY"
            })
    String slowestRetry = "5m";

    @Option(
            names = "--consistency-window",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_CONSISTENCY_WINDOW:-60s}",
            description = {
                "How long IAM may take to show a write everywhere; until then \"no such role\" is not believed."
                        + " Less than 60s is for tests only. Default: 60s",
                "IRSA_CONSISTENCY_WINDOW"
            })
    String consistencyWindow = "60s";

    @Option(
            names = "--sweep-interval",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_SWEEP_INTERVAL:-10m}",
            description = {"How often all roles are read, in bulk, and compared. Default: 10m", "IRSA_SWEEP_INTERVAL"})
    String sweepInterval = "10m";

    @Option(
            names = "--sweep-page-size",
            paramLabel = "N",
            defaultValue = "${env:IRSA_SWEEP_PAGE_SIZE:-200}",
            description = {
                "Roles to a page of a sweep, 1 to 1000: larger pages are fewer calls. Default: 200",
                "IRSA_SWEEP_PAGE_SIZE"
            })
    String sweepPageSize = "200";

    @Option(
            names = "--fallback-interval",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_FALLBACK_INTERVAL:-1h}",
            description = {
                "How often each role is looked at where roles cannot be read in bulk. Default: 1h",
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
                "Remove roles of this cluster whose resource is no longer there; none while they are more than 10 or"
                        + " more than 5 percent of all. Default: only tell.",
                "IRSA_REMOVE_ORPHANS"
            })
    String removeOrphans = "false";

    @Option(
            names = "--own-deployment",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = "${env:IRSA_OWN_DEPLOYMENT}",
            description = {
                "The operator's own Deployment: events that concern no single resource are told on it."
                        + " Default: the log alone tells.",
                "IRSA_OWN_DEPLOYMENT"
            })
    @Nullable
    String ownDeployment;

    @Option(
            names = "--leader-election",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:IRSA_LEADER_ELECTION:-false}",
            paramLabel = "true|false",
            description = {
                "One of several replicas works, the others stand by. Default: this is the only one.",
                "IRSA_LEADER_ELECTION"
            })
    String leaderElection = "false";

    @Option(
            names = "--lease",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = "${env:IRSA_LEASE}",
            description = {
                "The Lease that the working one holds. Default: irsa-operator in the namespace of the pod.",
                "IRSA_LEASE"
            })
    @Nullable
    String lease;

    @Option(
            names = "--start-timeout",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_START_TIMEOUT:-60s}",
            description = {"How long to wait for the API server at start. Default: 60s", "IRSA_START_TIMEOUT"})
    String startTimeout = "60s";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:IRSA_HTTP_PORT:-8080}",
            description = {"Port of /livez, /readyz and /metrics; 0: any free one. Default: 8080", "IRSA_HTTP_PORT"})
    String httpPort = "8080";

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "${env:IRSA_LOG_FORMAT}",
            description = {"Default: text on a terminal, json elsewhere.", "IRSA_LOG_FORMAT"})
    @Nullable
    String logFormat;
}
