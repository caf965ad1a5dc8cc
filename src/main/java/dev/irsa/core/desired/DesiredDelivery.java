package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How pods are to obtain the credentials of the role. {@link DeliverySettings#effective} decides on the ways of a resource.
 *
 * @param kinds one or both ways
 * @param statements the ways that the trust policy admits for now: these, and one that is being withdrawn
 * @param terms whom the trust policy admits
 */
public record DesiredDelivery(Set<Delivery> kinds, Set<Delivery> statements, TrustTerms terms) {
    public DesiredDelivery {
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        statements = Collections.unmodifiableSet(EnumSet.copyOf(statements));
    }

    /** Creates a delivery whose trust policy admits exactly these ways. */
    public DesiredDelivery(Set<Delivery> kinds, TrustTerms terms) {
        this(kinds, kinds, terms);
    }

    /** Returns this with a trust policy that admits these ways for now. */
    public DesiredDelivery admitting(Set<Delivery> ways) {
        return new DesiredDelivery(kinds, ways, terms);
    }

    /** Returns whether pods are to use this way. */
    public boolean uses(Delivery kind) {
        return kinds.contains(kind);
    }

    /** Returns the trust policy with one statement for each of these ways. */
    public PolicyDocument trustPolicy(Set<Delivery> ways) {
        return TrustPolicy.of(ways, terms);
    }
}
