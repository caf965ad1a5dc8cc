package dev.irsa.core.desired;

import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Collections;
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
        TemplatePolicies templates) {
    /** "IAM and AWS STS quotas": characters of all inline policies of a role together, without white space. */
    public static final int INLINE_QUOTA = 10_240;

    public DesiredRole {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        managed = Collections.unmodifiableSortedSet(new TreeSet<>(managed));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    }

    /** Returns the role with this permissions boundary, or with its own if none is given. */
    public DesiredRole boundedBy(Optional<String> given) {
        return with(given.or(() -> boundary), trust, inline, protection, templates);
    }

    /** Returns the role with this trust policy. */
    public DesiredRole withTrust(PolicyDocument given) {
        return with(boundary, given, inline, protection, templates);
    }

    /** Returns the role with this protection of its policies. */
    public DesiredRole protectedBy(PolicyProtection given) {
        return with(boundary, trust, inline, given, templates);
    }

    /** Returns the role with the policies of these templates. */
    public DesiredRole withTemplates(TemplatePolicies given) {
        TreeMap<String, PolicyDocument> all = new TreeMap<>(inline);
        all.putAll(given.inline());
        return with(boundary, trust, all, protection, given);
    }

    private DesiredRole with(
            Optional<String> otherBoundary,
            PolicyDocument otherTrust,
            SortedMap<String, PolicyDocument> otherInline,
            PolicyProtection otherProtection,
            TemplatePolicies otherTemplates) {
        return new DesiredRole(
                identity,
                description,
                maxSessionSeconds,
                otherBoundary,
                tags,
                otherTrust,
                managed,
                otherInline,
                origin,
                roleTags,
                otherProtection,
                otherTemplates);
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
