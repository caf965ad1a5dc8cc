package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The role that the operator manages. It proves ownership, unlike {@link IamServiceAccountStatus#roleARN}. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "requiredPolicies=set")
public record RoleStatus(
        @Required @JsonPropertyDescription("Name of the role.")
        String name,

        @Required
        @JsonPropertyDescription(
                "Unique ID of the role, AROA…, which changes if the role is recreated under the same " + "name.")
        String id,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_DENY_POLICIES)
        @JsonPropertyDescription("Digests, by name, of inline policies that only deny and that the operator wrote. It "
                + "never replaces others that only deny, because responders may have added them.")
        Map<String, @Size(max = 64) String> denyPolicyDigests,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_REQUIRED_POLICIES)
        @JsonPropertyDescription(
                "ARNs of the managed policies of the role that an entitlement requires, or required and "
                        + "the operator has not detached yet.")
        List<@Size(max = PolicyNames.MAX_LENGTH) String> requiredPolicies) {
    /** Maximum number of inline policies in the status: those of a spec, and as many that are no longer in it. */
    public static final int MAX_DENY_POLICIES = 100;

    /** Maximum number of required policies in the status: more than IAM attaches to a role. */
    public static final int MAX_REQUIRED_POLICIES = 50;

    public RoleStatus {
        requiredPolicies = List.copyOf(Objects.requireNonNullElse(requiredPolicies, List.of()));
        denyPolicyDigests =
                Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(denyPolicyDigests, Map.of())));
    }
}
