package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is allowed, what every role gets, and in which namespaces. */
@Stored
public record IamEntitlementSpec(
        @Required
        @JsonPropertyDescription(
                "Labels of the namespaces that this entitlement applies to. {} selects all namespaces.")
        @Nullable
        NamespaceSelector namespaceSelector,

        @JsonPropertyDescription(
                "What resources may request. Everything else is denied. Default: roles without " + "permissions.")
        AllowSpec allow,

        @JsonPropertyDescription(
                "What every role has that this entitlement allows, in addition to its spec. Default: " + "nothing.")
        RequireSpec require,

        @JsonPropertyDescription("How much resources may request.")
        LimitsSpec limits) {
    public IamEntitlementSpec {
        allow = Objects.requireNonNullElse(allow, AllowSpec.NOTHING);
        require = Objects.requireNonNullElse(require, RequireSpec.NOTHING);
        limits = Objects.requireNonNullElse(limits, LimitsSpec.DEFAULT);
    }

    /** Returns the same without a limit on the number of roles. */
    public IamEntitlementSpec withoutRoleQuota() {
        return new IamEntitlementSpec(namespaceSelector, allow, require, limits.withoutRoleQuota());
    }

    /** Returns whether the entitlement applies to a namespace with these labels. Without a selector, it applies to none. */
    public boolean selects(Map<String, String> namespaceLabels) {
        return namespaceSelector != null && namespaceSelector.selects(namespaceLabels);
    }
}
