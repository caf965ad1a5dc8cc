package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
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
        LimitsSpec limits,

        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "Name of the IamAccount of the AWS account that this entitlement is for. It allows no role in "
                        + "any other account. Default: the account of the operator.")
        @Nullable
        String account) {
    public IamEntitlementSpec {
        allow = Objects.requireNonNullElse(allow, AllowSpec.NOTHING);
        require = Objects.requireNonNullElse(require, RequireSpec.NOTHING);
        limits = Objects.requireNonNullElse(limits, LimitsSpec.DEFAULT);
    }

    /** Returns the name of the IamAccount; the empty string for the account of the operator. */
    public String accountName() {
        return Objects.requireNonNullElse(account, "");
    }

    /** Returns the same without a limit on the number of roles. */
    public IamEntitlementSpec withoutRoleQuota() {
        return new IamEntitlementSpec(namespaceSelector, allow, require, limits.withoutRoleQuota(), account);
    }

    /** Returns whether the entitlement applies to a namespace with these labels. Without a selector, it applies to none. */
    public boolean selects(Map<String, String> namespaceLabels) {
        return namespaceSelector != null && namespaceSelector.selects(namespaceLabels);
    }
}
