package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observed state. The pending changes are sentences in their order, so that list is atomic. */
@Stored
@SchemaCustomizer(
        value = SchemaDetails.class,
        input =
                "observedGeneration=int64 serviceAccounts=map:name delivery=set policyTemplates=map:name missingRequirements=atomic pendingChanges=atomic "
                        + "conditions=map:type")
public record IamServiceAccountStatus(
        @JsonPropertyDescription(
                "The generation that this status describes; -1 until the operator has observed the " + "resource.")
        long observedGeneration,

        @JsonPropertyDescription(
                "ARN of the role whose credentials pods get, also if others manage it. Absent until the "
                        + "role exists, or until a ServiceAccount is annotated with a role that others manage.")
        @Nullable
        String roleARN,

        @JsonPropertyDescription("Name of that role.") @Nullable
        String roleName,

        @JsonPropertyDescription("The role that the operator manages, once it exists. Absent for an external role.")
        @Nullable
        RoleStatus role,

        @JsonPropertyDescription("Name of the IamEntitlement that allows the spec. Absent while none does.") @Nullable
        String entitlement,

        @JsonPropertyDescription(
                "Progress of an adoption with role.adoption: IfOffered. Offered: the role is offered to "
                        + "the resource and not adopted yet. Adopted: the operator has adopted it. Refused: the "
                        + "resource reports RoleConflict, for example because the role is not offered to it. "
                        + "Absent if the operator created the role or has not read it yet.")
        @Nullable
        Adoption adoption,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_SERVICE_ACCOUNTS)
        @JsonPropertyDescription(
                "The ServiceAccounts of the spec, and removed ones that the operator has not released " + "yet.")
        List<ServiceAccountStatus> serviceAccounts,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 2)
        @JsonPropertyDescription("How pods obtain the credentials of the role: from the spec, or by default.")
        List<Delivery> delivery,

        @JsonPropertyDescription("The EKS Pod Identity associations of the resource.") @Nullable
        PodIdentityStatus podIdentity,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 20)
        @JsonPropertyDescription("The templates whose policies the role has, and their generations.")
        List<AppliedTemplate> policyTemplates,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_MISSING_REQUIREMENTS)
        @JsonPropertyDescription(
                "What an IamEntitlement requires of the role and the role does not have, one per entry. "
                        + "The operator cannot add it while the namespace is frozen, the resource is suspended or "
                        + "not allowed, or AWS rejects the change.")
        List<String> missingRequirements,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_PENDING_CHANGES)
        @JsonPropertyDescription(
                "Up to 50 changes that the operator would make. Present while the resource is suspended, "
                        + "while the operator runs with --dry-run, or until a pending adoption is carried out.")
        List<String> pendingChanges,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Available: whether pods of the ServiceAccounts can get credentials of the role. Ready: "
                        + "whether the role and its ServiceAccounts match the spec. Reconciling: present while "
                        + "more work is scheduled. Stalled: present while the resource needs user intervention.")
        List<Condition> conditions) {
    /** Maximum number of pending changes in the status. */
    public static final int MAX_PENDING_CHANGES = 50;

    /** Maximum number of missing requirements in the status: a boundary, and as many policies and tags as can be required. */
    public static final int MAX_MISSING_REQUIREMENTS = 31;

    /** Maximum number of ServiceAccounts in the status: those of a spec, and others that are not released yet. */
    public static final int MAX_SERVICE_ACCOUNTS = 50;

    /** The status of a resource that the operator has not observed, which is the default of the schema. */
    public static final IamServiceAccountStatus UNSEEN = new IamServiceAccountStatus(
            -1, null, null, null, null, null, List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of());

    /** Returns this with these ServiceAccounts. */
    public IamServiceAccountStatus withServiceAccounts(List<ServiceAccountStatus> accounts) {
        return new IamServiceAccountStatus(
                observedGeneration,
                roleARN,
                roleName,
                role,
                entitlement,
                adoption,
                accounts,
                delivery,
                podIdentity,
                policyTemplates,
                missingRequirements,
                pendingChanges,
                conditions);
    }

    /** Returns this with these missing requirements and conditions. */
    public IamServiceAccountStatus with(List<String> missing, List<Condition> otherConditions) {
        return new IamServiceAccountStatus(
                observedGeneration,
                roleARN,
                roleName,
                role,
                entitlement,
                adoption,
                serviceAccounts,
                delivery,
                podIdentity,
                policyTemplates,
                missing,
                pendingChanges,
                otherConditions);
    }

    public IamServiceAccountStatus {
        serviceAccounts = List.copyOf(Objects.requireNonNullElse(serviceAccounts, List.of()));
        delivery = List.copyOf(Objects.requireNonNullElse(delivery, List.of()));
        policyTemplates = List.copyOf(Objects.requireNonNullElse(policyTemplates, List.of()));
        missingRequirements = List.copyOf(Objects.requireNonNullElse(missingRequirements, List.of()));
        pendingChanges = List.copyOf(Objects.requireNonNullElse(pendingChanges, List.of()));
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }
}
