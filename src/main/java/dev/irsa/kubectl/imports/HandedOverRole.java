package dev.irsa.kubectl.imports;

import dev.irsa.kubectl.maker.RoleMaker;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A role that its former tool has to release, once the operator manages it.
 *
 * @param resource the name of the IamServiceAccount
 * @param tags all tags of the role; empty if they could not be read
 * @param managedPolicies the ARNs of the attached policies
 * @param inlinePolicies the names of the inline policies
 * @param addresses in the state of Terraform, in the order in which they are released; empty if they are not known
 */
public record HandedOverRole(
        String namespace,
        String resource,
        String serviceAccount,
        String roleName,
        String rolePath,
        String roleArn,
        RoleMaker maker,
        SortedMap<String, String> tags,
        List<String> managedPolicies,
        List<String> inlinePolicies,
        List<String> addresses) {
    public HandedOverRole {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(tags);
        tags = Collections.unmodifiableSortedMap(copy);
        managedPolicies = List.copyOf(managedPolicies);
        inlinePolicies = List.copyOf(inlinePolicies);
        addresses = List.copyOf(addresses);
    }

    /** Returns the value of a tag, or an empty text. */
    String tag(String key) {
        return tags.getOrDefault(key, "");
    }
}
