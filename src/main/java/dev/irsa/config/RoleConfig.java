package dev.irsa.config;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.policy.Glob;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
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
    private static final String CLUSTER = "<cluster-name>";
    private static final String DEFAULT_ROLE_PATH = "/irsa/" + CLUSTER + "/";

    private static final String PATH = "(?=.{1,512}$)/(?:[A-Za-z0-9+=,.@_-]+/)*";
    private static final String PATH_RULE =
            "it must start and end with a slash, such as /irsa/production/, and have at most 512 characters";

    /** A name that begins with {@code *} could be any role of the path. */
    private static final String ROLE_PATTERN = PATH + "(?=.{1,64}$)[A-Za-z0-9+=.@_-][A-Za-z0-9+=.@_*-]*";

    private static final String ROLE_PATTERN_RULE =
            "it must be a path that starts and ends with a slash, and the name of a role, such as /eksctl-prod-*;"
                    + " * is allowed only after the first character of the name";

    static final Flag ROLE_PATH = Flag.of("--role-path", "PATH")
            .help("IAM path of all roles. Default: " + DEFAULT_ROLE_PATH)
            .setting(
                    "IAM path of all roles",
                    published -> List.of(published.identity().rolePath()));

    static final Flag ADOPTION_PATH = Flag.of("--adoption-path", "PATH")
            .repeatable()
            .help("IAM path, in addition to --role-path, under which the operator may adopt roles. Repeatable."
                    + " Default: none")
            .setting(
                    "IAM path under which the operator may adopt roles",
                    published -> published.identity().adoption().paths());

    static final Flag ADOPTION_ROLE = Flag.of("--adoption-role", "PATTERN")
            .repeatable()
            .help("Path and name of roles elsewhere that the operator may adopt, such as /eksctl-prod-*. In the name, *"
                    + " matches any characters. Repeatable. Default: none")
            .setting(
                    "Path and name, in which * matches any characters, of roles that the operator may adopt",
                    published -> published.identity().adoption().roleTexts());

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
                rolePath(clusterName, flags),
                adoption(flags),
                tags(flags),
                ProtectedPolicies.of(flags.valuesMatching(
                        PROTECTED_POLICIES,
                        "arn:[a-z*?-]+:iam::[a-z0-9*?]+:policy/[*?/]*[A-Za-z0-9_+=.@-][A-Za-z0-9_+=.@/*?-]*",
                        "it must match the ARNs of some managed policies, such as"
                                + " arn:aws:iam::111122223333:policy/quarantine-*")),
                flags.number(MANAGED_POLICIES_PER_ROLE, 10, 25));
    }

    static String rolePath(String clusterName, FlagReader flags) {
        String path = flags.textOr(ROLE_PATH, DEFAULT_ROLE_PATH.replace(CLUSTER, clusterName));
        return flags.matching(ROLE_PATH, path, PATH, PATH_RULE);
    }

    static AdoptionScope adoption(FlagReader flags) {
        Set<String> paths = flags.valuesMatching(ADOPTION_PATH, PATH, PATH_RULE);
        return AdoptionScope.of(paths, flags.valuesMatching(ADOPTION_ROLE, ROLE_PATTERN, ROLE_PATTERN_RULE));
    }

    private static ConfiguredRoleTags tags(FlagReader flags) {
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
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
