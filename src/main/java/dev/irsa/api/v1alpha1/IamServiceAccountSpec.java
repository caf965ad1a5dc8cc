package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants. Absent parts read as their defaults; the schema sets none, so that a default can improve.
 *
 * <p>The rules on what cannot change stand here and not at the fields: a rule at a field is not asked when the field,
 * or what it lies in, is added or removed.
 */
@Stored
@ValidationRule(
        value =
                "(has(self.serviceAccount) && has(self.serviceAccount.name) ? self.serviceAccount.name : '')"
                        + " == (has(oldSelf.serviceAccount) && has(oldSelf.serviceAccount.name) ? oldSelf.serviceAccount.name : '')",
        fieldPath = ".serviceAccount.name",
        message = "serviceAccount.name cannot be changed, added or removed: delete this resource and create another")
@ValidationRule(
        value = "(has(self.role) && has(self.role.name) ? self.role.name : '')"
                + " == (has(oldSelf.role) && has(oldSelf.role.name) ? oldSelf.role.name : '')",
        fieldPath = ".role.name",
        message = "role.name cannot be changed, added or removed, as IAM renames no role: delete this resource and "
                + "create another")
@ValidationRule(
        value = "(has(self.role) && has(self.role.path) ? self.role.path : '')"
                + " == (has(oldSelf.role) && has(oldSelf.role.path) ? oldSelf.role.path : '')",
        fieldPath = ".role.path",
        message = "role.path cannot be changed, added or removed, as IAM moves no role: delete this resource and "
                + "create another")
public record IamServiceAccountSpec(
        @JsonPropertyDescription("The ServiceAccount that may assume the role. Default: the one with the name of this "
                + "resource, made by the operator.")
        ServiceAccountSpec serviceAccount,

        @JsonPropertyDescription("The IAM role: its name, session, boundary and tags. All of it has defaults.")
        RoleSpec role,

        @JsonPropertyDescription("What the role may do. Default: nothing.")
        PoliciesSpec policies,

        @JsonPropertyDescription("How pods exchange their token for credentials. Default: as EKS does.")
        TokenSpec token,

        @JsonPropertyDescription("What becomes of the role when this resource is deleted. Delete: it goes. Retain: it "
                + "stays, without the tags by which the operator owns it, and can be adopted again. Default: Delete, but "
                + "Retain for a role that was adopted.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("true: change nothing, but go on observing; status.pendingChanges is what would be "
                + "done. Deletion waits too once the operator has begun. Default: false.")
        boolean suspend) {
    /** Nothing said. */
    public static final IamServiceAccountSpec DEFAULT = new IamServiceAccountSpec(
            ServiceAccountSpec.DEFAULT, RoleSpec.DEFAULT, PoliciesSpec.NONE, TokenSpec.DEFAULT, null, false);

    public IamServiceAccountSpec {
        serviceAccount = Objects.requireNonNullElse(serviceAccount, ServiceAccountSpec.DEFAULT);
        role = Objects.requireNonNullElse(role, RoleSpec.DEFAULT);
        policies = Objects.requireNonNullElse(policies, PoliciesSpec.NONE);
        token = Objects.requireNonNullElse(token, TokenSpec.DEFAULT);
    }
}
