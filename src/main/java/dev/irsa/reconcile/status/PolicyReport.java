package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.AppliedTemplate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the status records about the policies of a role.
 *
 * @param templates the policy templates of the desired state
 * @param writtenDenies the inline policies that only deny and that the operator wrote: the digest by name
 */
public record PolicyReport(List<AppliedTemplate> templates, SortedMap<String, String> writtenDenies) {
    static final PolicyReport NONE = new PolicyReport(List.of(), new TreeMap<>());

    public PolicyReport {
        templates = List.copyOf(templates);
        writtenDenies = Collections.unmodifiableSortedMap(new TreeMap<>(writtenDenies));
    }
}
