package dev.irsa.api.v1alpha1;

import java.util.List;

/**
 * What the role may do.
 *
 * @param managed managed policies: ARNs, or short names of AWS managed policies
 * @param inline policies that live in the role, by unique name
 */
public record PoliciesSpec(List<String> managed, List<InlinePolicy> inline) {}
