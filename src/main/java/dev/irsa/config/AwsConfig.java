package dev.irsa.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the operator calls AWS.
 *
 * @param region empty: the region that the AWS SDK finds
 * @param maxInFlight maximum number of concurrent calls
 * @param rate maximum number of IAM calls per second; empty: as many as AWS accepts
 * @param consistencyWindow how long IAM may take to propagate a write
 */
public record AwsConfig(Optional<String> region, int maxInFlight, OptionalInt rate, Duration consistencyWindow) {
    static final Flag AWS_MAX_IN_FLIGHT = Flag.of("--aws-max-in-flight", "N")
            .orElse("16")
            .help("Maximum number of concurrent AWS calls, 1 to 256. Default: ${DEFAULT-VALUE}");

    static final Flag AWS_RATE = Flag.of("--aws-rate", "adaptive|N")
            .orElse("adaptive")
            .help("Maximum number of IAM calls per second, 1 to 1000, or adaptive: as many as AWS accepts."
                    + " Default: ${DEFAULT-VALUE}");

    static final Flag CONSISTENCY_WINDOW = Flag.of("--consistency-window", "DURATION")
            .orElse("60s")
            .help("How long AWS may take to propagate a write. Until then, the operator does not trust the answer"
                    + " \"no such role\". Each step of a move between IRSA and EKS Pod Identity waits this long. Use"
                    + " less than 60s only in tests. Default: ${DEFAULT-VALUE}");

    static AwsConfig read(FlagReader flags) {
        return new AwsConfig(
                ClusterFlags.region(flags),
                flags.number(AWS_MAX_IN_FLIGHT, 1, 256),
                flags.numberUnless("adaptive", AWS_RATE, 1, 1000),
                flags.duration(CONSISTENCY_WINDOW));
    }
}
