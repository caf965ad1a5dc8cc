package dev.irsa.core.entitlement;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One use of a template, which an entitlement has to allow.
 *
 * @param template the name of the IamPolicyTemplate
 * @param values the values of its parameters by name, including defaults
 * @param exists whether the template exists. Otherwise, its defaults are unknown
 */
public record TemplateRequest(String template, SortedMap<String, String> values, boolean exists) {
    public TemplateRequest {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
