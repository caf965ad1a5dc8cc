package dev.irsa.config;

import dev.irsa.api.v1alpha1.TokenSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The flags of {@code irsa-operator run} as unparsed text; {@link OperatorConfig} parses and validates them.
 *
 * <p>A default stands in {@code defaultValue}, behind the environment variable. The help prints it from there. The initial
 * value of the field is the same, as {@code HelpTest} checks.
 */
public final class RunOptions extends ClusterOptions {
    /** The name of the Lease in the namespace of the pod. */
    static final String LEASE_NAME = "irsa-operator";

    @Mixin
    RoleOptions role = new RoleOptions();

    @Mixin
    DeliveryOptions delivery = new DeliveryOptions();

    @Mixin
    SweepOptions sweep = new SweepOptions();

    @Option(
            names = "--audiences",
            paramLabel = "AUDIENCE",
            split = ",",
            defaultValue = "${env:IRSA_AUDIENCES}",
            description = {
                "Audiences that resources may use. Repeatable. Default: " + TokenSpec.DEFAULT_AUDIENCE,
                "IRSA_AUDIENCES (comma-separated)"
            })
    List<String> audiences = new ArrayList<>();

    @Option(
            names = "--previous-cluster-id",
            paramLabel = "UID",
            split = ",",
            defaultValue = "${env:IRSA_PREVIOUS_CLUSTER_ID}",
            description = {
                "UID of the kube-system namespace of a cluster that this cluster replaces. The operator takes over its"
                        + " roles. Repeatable. Default: none",
                "IRSA_PREVIOUS_CLUSTER_ID (comma-separated)"
            })
    List<String> previousClusterIds = new ArrayList<>();

    @Option(
            names = "--previous-issuer",
            paramLabel = "URL",
            split = ",",
            defaultValue = "${env:IRSA_PREVIOUS_ISSUER}",
            description = {
                "Previous issuer of this cluster. The operator takes over the roles created with it. Repeatable."
                        + " Default: none",
                "IRSA_PREVIOUS_ISSUER (comma-separated)"
            })
    List<String> previousIssuers = new ArrayList<>();

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            split = ",",
            defaultValue = "${env:IRSA_WATCH_NAMESPACE}",
            description = {"Namespace to watch. Repeatable. Default: all", "IRSA_WATCH_NAMESPACE (comma-separated)"})
    List<String> watchNamespaces = new ArrayList<>();

    @Option(
            names = "--aws-max-in-flight",
            paramLabel = "N",
            defaultValue = "${env:IRSA_AWS_MAX_IN_FLIGHT:-16}",
            description = {
                "Maximum number of concurrent AWS calls, 1 to 256. Default: ${DEFAULT-VALUE}",
                "IRSA_AWS_MAX_IN_FLIGHT"
            })
    String awsMaxInFlight = "16";

    @Option(
            names = "--aws-rate",
            paramLabel = "adaptive|N",
            defaultValue = "${env:IRSA_AWS_RATE:-adaptive}",
            description = {
                "Maximum number of IAM calls per second, 1 to 1000, or adaptive: as many as AWS accepts."
                        + " Default: ${DEFAULT-VALUE}",
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
                "Plan all changes but write only status and events. The operator writes no finalizer and deletes nothing."
                        + " Default: ${DEFAULT-VALUE}",
                "IRSA_DRY_RUN"
            })
    String dryRun = "false";

    @Option(
            names = "--slowest-retry",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_SLOWEST_RETRY:-5m}",
            description = {
                "Longest delay between retries of a failure that needs user action. Default: ${DEFAULT-VALUE}",
                "IRSA_SLOWEST_RETRY"
            })
    String slowestRetry = "5m";

    @Option(
            names = "--consistency-window",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_CONSISTENCY_WINDOW:-60s}",
            description = {
                "How long AWS may take to propagate a write. Until then, the operator does not trust the answer"
                        + " \"no such role\". Each step of a move between IRSA and EKS Pod Identity waits this long. Use less"
                        + " than 60s only in tests. Default: ${DEFAULT-VALUE}",
                "IRSA_CONSISTENCY_WINDOW"
            })
    String consistencyWindow = "60s";

    @Option(
            names = "--own-deployment",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = "${env:IRSA_OWN_DEPLOYMENT}",
            description = {
                "The operator's own Deployment, for events that concern no single resource. Default: none; they appear"
                        + " only in the log",
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
            description = {"Enable leader election. Default: ${DEFAULT-VALUE}", "IRSA_LEADER_ELECTION"})
    String leaderElection = "false";

    @Option(
            names = "--lease",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = "${env:IRSA_LEASE}",
            description = {"Lease of the leader. Default: " + LEASE_NAME + " in the namespace of the pod", "IRSA_LEASE"
            })
    @Nullable
    String lease;

    @Option(
            names = "--start-timeout",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_START_TIMEOUT:-60s}",
            description = {
                "How long to wait for the API server at startup. Default: ${DEFAULT-VALUE}",
                "IRSA_START_TIMEOUT"
            })
    String startTimeout = "60s";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:IRSA_HTTP_PORT:-8080}",
            description = {
                "Port of /livez, /readyz and /metrics; 0 chooses any free port. Default: ${DEFAULT-VALUE}",
                "IRSA_HTTP_PORT"
            })
    String httpPort = "8080";

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "${env:IRSA_LOG_FORMAT}",
            description = {"Format of the log. Default: text on a terminal, json elsewhere", "IRSA_LOG_FORMAT"})
    @Nullable
    String logFormat;
}
