package dev.irsa.config;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator run} about every role, as unparsed text. */
final class RoleOptions {
    @Option(
            names = "--role-tags",
            paramLabel = "KEY=VALUE",
            split = ",",
            defaultValue = "${env:IRSA_ROLE_TAGS}",
            description = {
                "Tags of every role, which a resource cannot override. Repeatable. Default: none",
                "IRSA_ROLE_TAGS (comma-separated)"
            })
    List<String> roleTags = new ArrayList<>();

    @Option(
            names = "--protected-policies",
            paramLabel = "ARN",
            split = ",",
            defaultValue = "${env:IRSA_PROTECTED_POLICIES}",
            description = {
                "ARNs of the managed policies that cut off a role after an incident, with the wildcards * and ?. The operator"
                        + " never detaches them. Repeatable. Default: none; the quarantine policies"
                        + " of AWS are always protected",
                "IRSA_PROTECTED_POLICIES (comma-separated)"
            })
    List<String> protectedPolicies = new ArrayList<>();

    @Option(
            names = "--managed-policies-per-role",
            paramLabel = "N",
            defaultValue = "${env:IRSA_MANAGED_POLICIES_PER_ROLE:-10}",
            description = {
                "Quota of managed policies per role, 10 to 25. A spec must leave one of them free"
                        + " for incident response. Default: ${DEFAULT-VALUE}",
                "IRSA_MANAGED_POLICIES_PER_ROLE"
            })
    String managedPoliciesPerRole = "10";
}
