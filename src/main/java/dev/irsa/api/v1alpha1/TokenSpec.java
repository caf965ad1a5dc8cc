package dev.irsa.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/**
 * How pods exchange their ServiceAccount token for credentials.
 *
 * @param audience the token's audience, which the trust policy pins; absent: {@value #DEFAULT_AUDIENCE}
 * @param expirationSeconds lifetime of the token, 600 to 86400; absent: the webhook's default
 * @param stsRegionalEndpoints whether pods talk to the STS of their region; absent: the webhook's default
 */
public record TokenSpec(
        @Nullable String audience,
        @Nullable Integer expirationSeconds,
        @Nullable Boolean stsRegionalEndpoints) {
    /** What EKS asks for when nothing is said, in every partition. */
    public static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";
}
