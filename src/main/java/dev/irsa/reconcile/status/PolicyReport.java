package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.core.collection.Sorted;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the status records about the policies of a role.
 *
 * @param templates the policy templates of the desired state
 * @param writtenDenies the inline policies that only deny and that the operator wrote: the digest by name
 * @param required ARNs of the managed policies that an entitlement requires, or required before
 */
public record PolicyReport(
        List<AppliedTemplate> templates, SortedMap<String, String> writtenDenies, SortedSet<String> required) {
    static final PolicyReport NONE = new PolicyReport(List.of(), new TreeMap<>(), new TreeSet<>());

    public PolicyReport {
        templates = List.copyOf(templates);
        required = Sorted.copyOf(required);
        writtenDenies = Sorted.copyOf(writtenDenies);
    }
}
