package dev.irsa.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of {@code irsa-operator publish-issuer}.
 *
 * @param bucket of the documents
 * @param prefix of the objects; empty, or without a slash at its end
 * @param region of the bucket; empty: the region that the AWS SDK finds
 * @param issuer empty: discovered
 * @param retention how long a key stays published after the last API server has removed it
 * @param apiServers URLs of the API servers; empty: discovered
 * @param dropped the ids of keys that are not published
 * @param previousClusters the UIDs of clusters whose documents may be replaced
 * @param pollInterval how often the keys of the API servers are read
 * @param verifyInterval the longest time between two checks of what is published
 * @param printsPolicy whether the command prints a policy instead of publishing
 */
public record PublishIssuerConfig(
        String bucket,
        String prefix,
        Optional<String> region,
        Optional<String> issuer,
        Duration retention,
        Set<String> apiServers,
        Set<String> dropped,
        Set<String> previousClusters,
        Duration pollInterval,
        Duration verifyInterval,
        ProcessConfig process,
        boolean printsPolicy) {
    /** Source: "General purpose bucket naming rules" of the Amazon S3 user guide. */
    private static final Pattern LOCATION =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._~-]+)*)/?");

    private static final Flag RETENTION = Flag.of("--retention", "DURATION")
            .orElse("24h")
            .help(
                    "How long a key stays published after the last API server has removed it. Use at least the longest lifetime"
                            + " of a token. Default: ${DEFAULT-VALUE}");

    private static final Flag API_SERVER = Flag.of("--api-server", "URL")
            .repeatable()
            .help("API server whose keys are published. Repeatable. Default: in a pod those of EndpointSlice"
                    + " default/kubernetes, elsewhere that of the kubeconfig");

    private static final Flag DROP_KEY = Flag.of("--drop-key", "KID")
            .repeatable()
            .help("Key that is not published, for example one that has leaked. Its tokens are refused. Repeatable."
                    + " Default: none");

    private static final Flag POLL_INTERVAL = Flag.of("--poll-interval", "DURATION")
            .orElse("10s")
            .help("How often the keys of the API servers are read. Default: ${DEFAULT-VALUE}");

    private static final Flag VERIFY_INTERVAL = Flag.of("--verify-interval", "DURATION")
            .orElse("5m")
            .help("How often the bucket and the public URLs are read if nothing changes. Default: ${DEFAULT-VALUE}");

    private static final Flag PRINT_POLICY = Flag.argument("--print-policy", "true|false")
            .trueIfGiven()
            .orElse("false")
            .help("Print the least-privilege IAM policy of the publisher, and exit. Default: ${DEFAULT-VALUE}");

    private static final List<Flag> FLAGS = List.of(
            ClusterConfig.OIDC_ISSUER,
            API_SERVER,
            RETENTION,
            DROP_KEY,
            ClusterConfig.PREVIOUS_CLUSTER_ID,
            POLL_INTERVAL,
            VERIFY_INTERVAL,
            OperatorConfig.AwsConfig.REGION,
            ProcessConfig.OWN_DEPLOYMENT,
            ProcessConfig.START_TIMEOUT,
            ProcessConfig.HTTP_PORT,
            ProcessConfig.LOG_FORMAT,
            ProcessConfig.DOCUMENTATION_URL,
            PRINT_POLICY);

    /** Returns the flags of the command. */
    public static GivenFlags flags() {
        return new GivenFlags(FLAGS);
    }

    /**
     * Parses and validates the flags.
     *
     * @param location the argument of the command
     * @param terminal whether the log goes to a terminal
     * @throws InvalidConfiguration with all problems
     */
    public static PublishIssuerConfig of(String location, GivenFlags given, boolean terminal)
            throws InvalidConfiguration {
        FlagReader flags = new FlagReader(given::texts);
        Matcher parts = LOCATION.matcher(location);
        PublishIssuerConfig config = new PublishIssuerConfig(
                parts.matches() ? String.valueOf(parts.group(1)) : "",
                parts.matches() ? String.valueOf(parts.group(2)).replaceFirst("^/", "") : "",
                OperatorConfig.AwsConfig.region(flags),
                ClusterConfig.issuer(flags),
                flags.positiveDuration(RETENTION),
                flags.valuesMatching(
                        API_SERVER,
                        "https://[^/?#@]+",
                        "it must be an https URL without a path, such as https://10.0.0.1:6443"),
                flags.valuesMatching(DROP_KEY, "\\S(?:.*\\S)?", "it must not begin or end with a blank"),
                ClusterConfig.previousIds(flags),
                flags.positiveDuration(POLL_INTERVAL),
                flags.positiveDuration(VERIFY_INTERVAL),
                ProcessConfig.read(terminal, Optional.empty(), flags),
                flags.trueOrFalse(PRINT_POLICY));
        if (!parts.matches()) {
            throw new InvalidConfiguration(List.of(
                    "\"" + location + "\" is not a bucket with an optional prefix, such as s3://bucket/prefix"));
        }
        flags.throwIfInvalid();
        return config;
    }

    /** Returns the location, for messages. */
    public String location() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
