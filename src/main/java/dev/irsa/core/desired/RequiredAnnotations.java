package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.TokenSpec;
import java.util.Set;
import java.util.SortedMap;

/** The annotations that the ways of delivering credentials require of a ServiceAccount. */
public interface RequiredAnnotations {
    /** Returns the annotations that the ServiceAccount needs, if pods obtain credentials in these ways. */
    SortedMap<String, String> annotations(Set<Delivery> kinds, String roleArn, TokenSpec token);
}
