package dev.irsa.entitlement;

import java.util.Map;

/**
 * The namespace that asks.
 *
 * @param namespace its name
 * @param labels its labels
 */
public record Applicant(String namespace, Map<String, String> labels) {
    public Applicant {
        labels = Map.copyOf(labels);
    }
}
