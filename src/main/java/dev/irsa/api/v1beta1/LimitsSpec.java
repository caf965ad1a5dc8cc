package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How much resources may request. */
@Stored
@SchemaCustomizer(
        value = SchemaDetails.class,
        input = "rolesPerNamespace=int32 serviceAccountsPerRole=int32 sessionDurationSeconds=int32")
public record LimitsSpec(
        @Min(0)
        @Max(1_000_000)
        @JsonPropertyDescription("Maximum number of roles in a namespace. Older resources take precedence, and the "
                + "operator never deletes an existing role to meet the limit. Default: no limit.")
        @Nullable
        Integer rolesPerNamespace,

        @Min(1)
        @Max(IamServiceAccountSpec.MAX_SERVICE_ACCOUNTS)
        @JsonPropertyDescription("Maximum number of serviceAccounts of a role, 1 to 10. Default: 1.")
        @Nullable
        Integer serviceAccountsPerRole,

        @Min(RoleSpec.MIN_SESSION_SECONDS)
        @Max(RoleSpec.MAX_SESSION_SECONDS)
        @JsonPropertyDescription("Maximum of role.maxSessionDurationSeconds, 3600 to 43200. Default: no limit.")
        @Nullable
        Integer sessionDurationSeconds) {
    /** The defaults. */
    static final LimitsSpec DEFAULT = new LimitsSpec(null, null, null);

    /** Returns the same without a limit on the number of roles. */
    LimitsSpec withoutRoleQuota() {
        return new LimitsSpec(null, serviceAccountsPerRole, sessionDurationSeconds);
    }
}
