package dev.irsa.runtime;

import java.util.Optional;

/**
 * The AWS region of a command. Without a certain one and a flag, it is the one that the AWS SDK finds in the environment or in the
 * profile.
 *
 * @param certain of a cluster, whatever the flag and the AWS configuration say; empty if they count
 * @param flag the value of the flag; empty if the user does not set it
 * @param fallback the region if the AWS configuration has none; empty: the one of the EC2 instance that the command runs on
 */
public record UserRegion(Optional<String> certain, Optional<String> flag, Optional<String> fallback) {}
