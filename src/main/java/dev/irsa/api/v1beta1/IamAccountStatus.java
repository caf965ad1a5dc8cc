package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The observed state of an account. */
@Stored
@SchemaCustomizer(
        value = SchemaDetails.class,
        input = "observedGeneration=int64 roles=int32 abandoned=set furtherAbandoned=int32 conditions=map:type")
public record IamAccountStatus(
        @JsonPropertyDescription(
                "The generation that the conditions describe. Absent if no operator reports on the account.")
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("ARN of the IAM OIDC provider in the account that accepts the tokens of this cluster.")
        @Nullable
        String oidcProviderARN,

        @JsonPropertyDescription(
                "Number of roles of this cluster in the account, as the last sweep found them. Absent before the first.")
        @Nullable
        Integer roles,

        @JsonPropertyDescription(
                "The quota of roles of the account, as of the last sweep. Absent if the operator may not read it.")
        @Nullable
        RoleQuotaStatus roleQuota,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = IamAccountStatus.MAX_ABANDONED)
        @JsonPropertyDescription(
                "Names of roles that may still exist in the account although their resources were deleted "
                        + "while access was Abandon.")
        List<String> abandoned,

        @JsonPropertyDescription(
                "Number of abandoned roles for which the list had no room. The log of the operator names them. The "
                        + "operator never resets it.")
        @Nullable
        Integer furtherAbandoned,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Ready is always present. Reconciling or Stalled explain why it is not True.")
        List<Condition> conditions) {
    /** Of an account that was not observed yet. */
    public static final IamAccountStatus NONE =
            new IamAccountStatus(null, null, null, null, List.of(), null, List.of());

    /** The status would get too large with the names of thousands of roles. */
    static final int MAX_ABANDONED = 500;

    /** A user can delete resources that never had a role. These must leave room for the others. */
    private static final int MAX_TO_ADD_UNCONFIRMED = MAX_ABANDONED / 2;

    public IamAccountStatus {
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }

    /**
     * Returns this with the name of an abandoned role. Beyond the limit, a role is only counted.
     *
     * @param confirmed whether the status of its resource named the role
     */
    public IamAccountStatus withAbandoned(String roleName, boolean confirmed) {
        if (abandoned.contains(roleName)) {
            return this;
        }
        if (abandoned.size() >= (confirmed ? MAX_ABANDONED : MAX_TO_ADD_UNCONFIRMED)) {
            int further = Objects.requireNonNullElse(furtherAbandoned, 0) + 1;
            return with(abandoned, further);
        }
        List<String> names =
                Stream.concat(abandoned.stream(), Stream.of(roleName)).sorted().toList();
        return with(names, furtherAbandoned);
    }

    private IamAccountStatus with(List<String> names, @Nullable Integer further) {
        return new IamAccountStatus(observedGeneration, oidcProviderARN, roles, roleQuota, names, further, conditions);
    }
}
