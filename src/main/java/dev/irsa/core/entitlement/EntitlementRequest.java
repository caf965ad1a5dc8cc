package dev.irsa.core.entitlement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.InlinePolicy;
import dev.irsa.api.v1alpha1.RoleSpec;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.ExternalRole;
import dev.irsa.core.desired.RoleName;
import dev.irsa.core.desired.TrustTerms;
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
 * @param managed ARNs of the managed policies
 * @param inline the documents of the inline policies by name, without those from templates
 * @param templates the uses of templates
 * @param boundary ARN of the permissions boundary
 * @param maxSessionSeconds the maximum duration of a session of the role
 * @param tags the user's tags
 * @param audience the audience of the token
 * @param chosenName the name of the role, if it is not the derived one
 * @param chosenPath the path of the role, if it is not the operator's
 * @param serviceAccounts how many ServiceAccounts may assume the role
 * @param externalRole ARN of the role of others that it asks for instead of one of the operator
 * @param retains whether the role is to outlive its resource
 */
public record EntitlementRequest(
        SortedSet<String> managed,
        SortedMap<String, JsonNode> inline,
        List<TemplateRequest> templates,
        Optional<String> boundary,
        int maxSessionSeconds,
        SortedMap<String, String> tags,
        String audience,
        Optional<String> chosenName,
        Optional<String> chosenPath,
        int serviceAccounts,
        Optional<String> externalRole,
        boolean retains) {
    public EntitlementRequest {
        managed = Collections.unmodifiableSortedSet(new TreeSet<>(managed));
        inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
        templates = List.copyOf(templates);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** Creates a request for a role that the operator manages, for one ServiceAccount. */
    public EntitlementRequest(
            SortedSet<String> managed,
            SortedMap<String, JsonNode> inline,
            List<TemplateRequest> templates,
            Optional<String> boundary,
            int maxSessionSeconds,
            SortedMap<String, String> tags,
            String audience,
            Optional<String> chosenName,
            Optional<String> chosenPath) {
        this(
                managed,
                inline,
                templates,
                boundary,
                maxSessionSeconds,
                tags,
                audience,
                chosenName,
                chosenPath,
                1,
                Optional.empty(),
                false);
    }

    /** Returns the request for a role of others. The operator gives that role neither permissions nor tags. */
    public static EntitlementRequest of(ExternalRole role, TrustTerms terms) {
        return new EntitlementRequest(
                new TreeSet<>(),
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                RoleSpec.MIN_SESSION_SECONDS,
                new TreeMap<>(),
                terms.audience(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.of(role.arn()),
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
                role.managed(),
                inline,
                templates,
                role.boundary(),
                role.maxSessionSeconds(),
                new TreeMap<>(spec.role().tags()),
                spec.token().effectiveAudience(),
                Optional.of(role.name())
                        .filter(chosen -> !chosen.equals(RoleName.derive(cluster.name(), namespace, name))),
                Optional.of(role.identity().path()).filter(chosen -> !chosen.equals(cluster.rolePath())),
                1 + spec.serviceAccount().additional().size(),
                Optional.empty(),
                false);
    }

    /** Returns this request, for a role that is to outlive its resource. */
    public EntitlementRequest retaining() {
        return new EntitlementRequest(
                managed,
                inline,
                templates,
                boundary,
                maxSessionSeconds,
                tags,
                audience,
                chosenName,
                chosenPath,
                serviceAccounts,
                externalRole,
                true);
    }
}
