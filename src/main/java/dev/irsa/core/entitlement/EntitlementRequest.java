package dev.irsa.core.entitlement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.ExternalRole;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.desired.RoleName;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.ownership.TagKeys;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a resource asks for and an entitlement has to allow.
 *
 * @param maxSessionSeconds the maximum duration of a session of the role
 * @param audience the audience of the token
 * @param serviceAccounts how many ServiceAccounts may assume the role
 * @param retains whether the role is to outlive its resource
 */
public record EntitlementRequest(
        Permissions permissions,
        ChosenRole role,
        int maxSessionSeconds,
        Tags tags,
        String audience,
        int serviceAccounts,
        boolean retains) {
    /**
     * The tags of the role.
     *
     * @param own those of the spec
     * @param configured those that every role has by the configuration of the operator
     */
    public record Tags(SortedMap<String, String> own, ConfiguredRoleTags configured) {
        private static final Tags NONE = new Tags(new TreeMap<>(), ConfiguredRoleTags.NONE);

        public Tags {
            TreeMap<String, String> sorted = new TreeMap<>(TagKeys.ORDER);
            sorted.putAll(own);
            own = Collections.unmodifiableSortedMap(sorted);
        }

        /** Returns which field gives a tag another value than the required one; empty if none does. */
        Optional<String> other(String key, String required) {
            return other(own, key, required, "role.tags has " + key + "=%s")
                    .or(() ->
                            other(configured.tags(), key, required, "--role-tags of the operator has " + key + "=%s"));
        }

        private static Optional<String> other(
                SortedMap<String, String> tags, String key, String required, String text) {
            return Optional.ofNullable(tags.get(key))
                    .filter(value -> !value.equals(required))
                    .map(value -> text.formatted(value));
        }

        /** Returns why a role cannot have these tags as well; empty if it can. */
        Optional<String> excess(SortedMap<String, String> required) {
            TreeSet<String> keys = new TreeSet<>(TagKeys.ORDER);
            keys.addAll(own.keySet());
            keys.addAll(configured.keys());
            keys.addAll(required.keySet());
            return keys.size() <= ConfiguredRoleTags.MAX
                    ? Optional.empty()
                    : Optional.of(
                            "the role would have " + keys.size() + " tags with those that require.tags adds, and a"
                                    + " role can have " + ConfiguredRoleTags.MAX + "; remove "
                                    + (keys.size() - ConfiguredRoleTags.MAX) + " from role.tags");
        }
    }

    /**
     * What the role may do.
     *
     * @param managed ARNs of the managed policies
     * @param inline the documents of the inline policies by name, without those from templates
     * @param templates the uses of templates
     * @param boundary ARN of the permissions boundary
     */
    public record Permissions(
            SortedSet<String> managed,
            SortedMap<String, JsonNode> inline,
            List<TemplateRequest> templates,
            Optional<String> boundary) {
        private static final Permissions NONE =
                new Permissions(new TreeSet<>(), new TreeMap<>(), List.of(), Optional.empty());

        public Permissions {
            managed = Sorted.copyOf(managed);
            inline = Sorted.copyOf(inline);
            templates = List.copyOf(templates);
        }
    }

    /**
     * Which role the resource asks for, as far as it is not the default.
     *
     * @param name the name of the role, if it is not the derived one
     * @param path the path of the role, if it is not the operator's
     * @param external ARN of the role of others that it asks for instead of one of the operator
     */
    public record ChosenRole(Optional<String> name, Optional<String> path, Optional<String> external) {
        /** Returns what a resource chooses of the role that the operator manages for it. */
        public static ChosenRole of(String namespace, String name, RoleIdentity role, ClusterIdentity cluster) {
            return new ChosenRole(
                    Optional.of(role.name())
                            .filter(chosen -> !chosen.equals(RoleName.derive(cluster.name(), namespace, name))),
                    Optional.of(role.path()).filter(chosen -> !chosen.equals(cluster.rolePath())),
                    Optional.empty());
        }

        /** Returns whether nothing is chosen. Then, no other namespace has a role of that name. */
        public boolean isDerived() {
            return name.isEmpty() && path.isEmpty() && external.isEmpty();
        }
    }

    /** Returns the request for a role of others. The operator gives that role neither permissions nor tags. */
    public static EntitlementRequest of(ExternalRole role, TrustTerms terms) {
        return new EntitlementRequest(
                Permissions.NONE,
                new ChosenRole(Optional.empty(), Optional.empty(), Optional.of(role.arn())),
                RoleSpec.MIN_SESSION_SECONDS,
                Tags.NONE,
                terms.audience(),
                1,
                false);
    }

    /** Returns the request of the resource {@code namespace/name} with this spec, desired role and uses of templates. */
    public static EntitlementRequest of(
            String namespace,
            String name,
            IamServiceAccountSpec spec,
            DesiredRole role,
            ClusterIdentity cluster,
            List<TemplateRequest> templates) {
        TreeMap<String, JsonNode> inline = new TreeMap<>();
        for (InlinePolicy policy : spec.policies().inline()) {
            inline.put(policy.name(), policy.document());
        }
        return new EntitlementRequest(
                new Permissions(role.managed(), inline, templates, role.boundary()),
                ChosenRole.of(namespace, name, role.identity(), cluster),
                role.maxSessionSeconds(),
                new Tags(new TreeMap<>(spec.role().tags()), role.roleTags()),
                spec.token().effectiveAudience(),
                Desired.serviceAccountNames(name, spec).size(),
                false);
    }

    /** Returns this request, for a role that is to outlive its resource. */
    public EntitlementRequest retaining() {
        return new EntitlementRequest(permissions, role, maxSessionSeconds, tags, audience, serviceAccounts, true);
    }

    /**
     * One use of a template, which an entitlement has to allow.
     *
     * @param template the name of the IamPolicyTemplate
     * @param values the values of its parameters by name, including defaults
     * @param given the parameters that the resource sets
     * @param exists whether the template exists. Otherwise, its defaults are unknown
     */
    public record TemplateRequest(
            String template, SortedMap<String, String> values, SortedSet<String> given, boolean exists) {
        public TemplateRequest {
            values = Sorted.copyOf(values);
            given = Sorted.copyOf(given);
        }
    }
}
