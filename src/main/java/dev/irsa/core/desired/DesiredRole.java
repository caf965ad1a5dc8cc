package dev.irsa.core.desired;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The desired state of a role.
 *
 * @param identity its name, path, ARN and owner
 * @param description at most 1000 characters
 * @param maxSessionSeconds 3600 to 43200
 * @param boundary ARN of the permissions boundary
 * @param tags the ownership tags, the tags of the user, and those by configuration
 * @param trust the trust policy
 * @param managed ARNs of the managed policies
 * @param inline inline policies by name
 * @param origin how the role may be obtained
 * @param roleTags the tags by configuration, which no entitlement has to allow
 * @param protection which policies stay on the role although they are not in this state
 * @param templates the policy templates that are part of this state
 * @param required which of the managed policies an entitlement requires
 */
public record DesiredRole(
        RoleIdentity identity,
        String description,
        int maxSessionSeconds,
        Optional<String> boundary,
        SortedMap<String, String> tags,
        PolicyDocument trust,
        SortedSet<String> managed,
        SortedMap<String, PolicyDocument> inline,
        RoleOrigin origin,
        ConfiguredRoleTags roleTags,
        PolicyProtection protection,
        TemplatePolicies templates,
        RequiredPolicies required) {
    /** "IAM and AWS STS quotas": characters of all inline policies of a role together, without white space. */
    public static final int INLINE_QUOTA = 10_240;

    public DesiredRole {
        tags = Sorted.copyOf(tags);
        managed = Sorted.copyOf(managed);
        inline = Sorted.copyOf(inline);
    }

    /** Returns the role with what an entitlement requires of it, in addition to its own. The entitlement allows the role. */
    public DesiredRole requiring(Requirements requirements) {
        TreeMap<String, String> allTags = new TreeMap<>(TagKeys.ORDER);
        allTags.putAll(tags);
        requirements.tags().forEach(allTags::putIfAbsent);
        TreeSet<String> allManaged = new TreeSet<>(managed);
        allManaged.addAll(requirements.managed());
        return new DesiredRole(
                identity,
                description,
                maxSessionSeconds,
                requirements.boundary().or(() -> boundary),
                UserTags.recordedIn(allTags),
                trust,
                allManaged,
                inline,
                origin,
                roleTags,
                protection,
                templates,
                new RequiredPolicies(requirements.entitlement(), requirements.managed(), required.earlier()));
    }

    /** Returns the role with this trust policy. */
    public DesiredRole withTrust(PolicyDocument given) {
        return with(given, inline, protection, templates, required);
    }

    /** Returns the role with this protection of its policies. */
    public DesiredRole protectedBy(PolicyProtection given) {
        return with(trust, inline, given, templates, required);
    }

    /** Returns the role with the policies of these templates. */
    public DesiredRole withTemplates(TemplatePolicies given) {
        TreeMap<String, PolicyDocument> all = new TreeMap<>(inline);
        all.putAll(given.inline());
        return with(trust, all, protection, given, required);
    }

    /** Returns the role, of which these managed policies were required before. */
    public DesiredRole requiredBefore(SortedSet<String> earlier) {
        return with(
                trust,
                inline,
                protection,
                templates,
                new RequiredPolicies(required.entitlement(), required.current(), earlier));
    }

    private DesiredRole with(
            PolicyDocument otherTrust,
            SortedMap<String, PolicyDocument> otherInline,
            PolicyProtection otherProtection,
            TemplatePolicies otherTemplates,
            RequiredPolicies otherRequired) {
        return new DesiredRole(
                identity,
                description,
                maxSessionSeconds,
                boundary,
                tags,
                otherTrust,
                managed,
                otherInline,
                origin,
                roleTags,
                otherProtection,
                otherTemplates,
                otherRequired);
    }

    /** Returns whether this tag is one of the user, which an entitlement has to allow. */
    public boolean isUserTag(String key) {
        return UserTags.isUserTag(key) && !roleTags.keys().contains(key);
    }

    /** Returns its name. */
    public String name() {
        return identity.name();
    }
}
