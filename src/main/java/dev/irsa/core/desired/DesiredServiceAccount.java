package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.TokenSpec;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ServiceAccount as it should be.
 *
 * @param name its name
 * @param management who makes and annotates it
 * @param annotations those that the EKS pod identity webhook reads
 */
public record DesiredServiceAccount(String name, Management management, SortedMap<String, String> annotations) {
    /** Points at the role. */
    public static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

    private static final String AUDIENCE = "eks.amazonaws.com/audience";
    private static final String EXPIRATION = "eks.amazonaws.com/token-expiration";
    private static final String REGIONAL = "eks.amazonaws.com/sts-regional-endpoints";

    /** Every annotation that may be ours. Source: the README of amazon-eks-pod-identity-webhook. */
    public static final Set<String> ANNOTATIONS =
            Collections.unmodifiableSet(new TreeSet<>(Set.of(ROLE_ARN, AUDIENCE, EXPIRATION, REGIONAL)));

    public DesiredServiceAccount {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    static SortedMap<String, String> annotations(String roleArn, TokenSpec token) {
        TreeMap<String, String> annotations = new TreeMap<>();
        annotations.put(ROLE_ARN, roleArn);
        String audience = token.audience();
        if (audience != null && !audience.equals(TokenSpec.DEFAULT_AUDIENCE)) {
            annotations.put(AUDIENCE, audience);
        }
        Integer expiration = token.expirationSeconds();
        if (expiration != null) {
            annotations.put(EXPIRATION, expiration.toString());
        }
        Boolean regional = token.stsRegionalEndpoints();
        if (regional != null) {
            annotations.put(REGIONAL, regional.toString());
        }
        return annotations;
    }
}
