package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.collection.Sorted;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The desired state of a ServiceAccount.
 *
 * @param management who creates and annotates it
 * @param annotations those that the EKS pod identity webhook reads
 */
public record DesiredServiceAccount(String name, Management management, SortedMap<String, String> annotations) {
    /** Names the role. */
    public static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

    /** The audience of the token, if it is not the default. */
    public static final String AUDIENCE = "eks.amazonaws.com/audience";
    /** The lifetime of the token in seconds. */
    public static final String EXPIRATION = "eks.amazonaws.com/token-expiration";
    /** Whether pods use the regional STS endpoint. */
    public static final String REGIONAL = "eks.amazonaws.com/sts-regional-endpoints";

    /** Every annotation that the operator may own. Source: the README of amazon-eks-pod-identity-webhook. */
    public static final Set<String> ANNOTATIONS =
            Collections.unmodifiableSet(new TreeSet<>(Set.of(ROLE_ARN, AUDIENCE, EXPIRATION, REGIONAL)));

    public DesiredServiceAccount {
        annotations = Sorted.copyOf(annotations);
    }

    /**
     * Returns the annotations that pods need to obtain the credentials of the role in these ways. The webhook reads the lifetime
     * of the token and the STS endpoint also for pods that use EKS Pod Identity.
     */
    public static SortedMap<String, String> annotations(Set<Delivery> kinds, String roleArn, TokenSpec token) {
        TreeMap<String, String> annotations = new TreeMap<>();
        String audience = token.audience();
        if (kinds.contains(Delivery.IRSA)) {
            annotations.put(ROLE_ARN, roleArn);
            if (audience != null && !audience.equals(TokenSpec.DEFAULT_AUDIENCE)) {
                annotations.put(AUDIENCE, audience);
            }
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
