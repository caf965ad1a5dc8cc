package dev.irsa.config;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.policy.Glob;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What all roles have in common.
 *
 * @param path begins and ends with a slash
 * @param adoption the roles that may be adopted, in addition to those under the path
 * @param tags the tags of every role
 * @param protectedPolicies the managed policies that are never detached
 * @param managedPoliciesPerRole the account's quota of managed policies of a role
 */
public record RoleConfig(
        String path,
        AdoptionScope adoption,
        ConfiguredRoleTags tags,
        ProtectedPolicies protectedPolicies,
        int managedPoliciesPerRole) {
    static final Flag ROLE_TAGS = Flag.of("--role-tags", "KEY=VALUE")
            .repeatable()
            .help("Tags of every role, which a resource cannot override. Repeatable. Default: none")
            .setting(
                    "Tags of every role",
                    published -> published.identity().roleTags().tags().entrySet().stream()
                            .map(tag -> tag.getKey() + "=" + tag.getValue())
                            .toList());

    static final Flag PROTECTED_POLICIES = Flag.of("--protected-policies", "ARN")
            .repeatable()
            .help("ARNs of the managed policies that cut off a role after an incident, with the wildcards * and ?. The"
                    + " operator never detaches them. Repeatable. Default: none; the quarantine policies"
                    + " of AWS are always protected")
            .setting(
                    "Managed policies that are never detached",
                    published -> published.identity().protectedPolicies().configured().stream()
                            .map(Glob::pattern)
                            .toList());

    static final Flag MANAGED_POLICIES_PER_ROLE = Flag.of("--managed-policies-per-role", "N")
            .orElse("10")
            .help("Quota of managed policies per role, 10 to 25. A spec must leave one of them free"
                    + " for incident response. Default: ${DEFAULT-VALUE}")
            .setting(
                    "Quota of managed policies per role",
                    published -> List.of(
                            String.valueOf(published.identity().account().managedPoliciesPerRole())));

    static RoleConfig read(String clusterName, FlagReader flags) {
        return new RoleConfig(
                ClusterFlags.rolePath(clusterName, flags),
                ClusterFlags.adoption(flags),
                tags(flags),
                ProtectedPolicies.of(flags.valuesMatching(
                        PROTECTED_POLICIES,
                        "arn:[a-z*?-]+:iam::[a-z0-9*?]+:policy/[*?/]*[A-Za-z0-9_+=.@-][A-Za-z0-9_+=.@/*?-]*",
                        "it must match the ARNs of some managed policies, such as"
                                + " arn:aws:iam::111122223333:policy/quarantine-*")),
                flags.number(MANAGED_POLICIES_PER_ROLE, 10, 25));
    }

    private static ConfiguredRoleTags tags(FlagReader flags) {
        TreeMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String tag : flags.texts(ROLE_TAGS)) {
            if (!tag.isEmpty()) {
                add(tag, tags, flags);
            }
        }
        if (tags.size() > ConfiguredRoleTags.MAX) {
            flags.problem(
                    ROLE_TAGS,
                    tags.size() + " tags",
                    "a role can have " + ConfiguredRoleTags.MAX
                            + " tags of this flag and of spec.role.tags in total; set fewer");
        }
        return new ConfiguredRoleTags(tags);
    }

    /** Adds the tag that is given as {@code key=value}; the first equals sign separates the two. */
    private static void add(String tag, NavigableMap<String, String> tags, FlagReader flags) {
        int separator = tag.indexOf('=');
        if (separator < 0) {
            flags.problem(ROLE_TAGS, tag, "it must be key=value, such as team=payments");
            return;
        }
        String key = tag.substring(0, separator);
        String value = tag.substring(separator + 1);
        ConfiguredRoleTags.problem(key, value).ifPresent(why -> flags.problem(ROLE_TAGS, tag, why));
        if (tags.containsKey(key)) {
            flags.problem(
                    ROLE_TAGS,
                    tag,
                    "the key is already set as " + tags.ceilingKey(key)
                            + ", and tag keys are not case-sensitive; set each key once");
        }
        tags.putIfAbsent(key, value);
    }
}
