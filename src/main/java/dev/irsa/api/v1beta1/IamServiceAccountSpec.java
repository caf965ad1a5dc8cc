package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The desired state. Absent parts have their defaults here. The schema sets no defaults, so that a later version can
 * change them.
 *
 * <p>The list {@code delivery} is atomic, because a client that applies {@code [PodIdentity]} must not keep the {@code IRSA} of
 * another.
 *
 * <p>The rules for immutable fields are declared here and not at the fields. The API server does not evaluate a
 * transition rule of a field when the field or its parent is added or removed.
 */
@Stored
@ValidationRule(
        value = "(has(self.role) && has(self.role.name) ? self.role.name : '')"
                + " == (has(oldSelf.role) && has(oldSelf.role.name) ? oldSelf.role.name : '')"
                + " || has(oldSelf.externalRole)",
        fieldPath = ".role.name",
        message = "role.name is immutable because IAM cannot rename a role; delete this resource and create another")
@ValidationRule(
        value = "(has(self.role) && has(self.role.path) ? self.role.path : '')"
                + " == (has(oldSelf.role) && has(oldSelf.role.path) ? oldSelf.role.path : '')"
                + " || has(oldSelf.externalRole)",
        fieldPath = ".role.path",
        message = "role.path is immutable because IAM cannot move a role; delete this resource and create another")
@ValidationRule(
        value = "!has(self.externalRole) || has(oldSelf.externalRole)",
        fieldPath = ".externalRole",
        message = "externalRole cannot be added later, because the operator would abandon the role that it manages; "
                + "delete this resource and create another")
@ValidationRule(
        value = "!has(oldSelf.externalRole) || has(self.externalRole)"
                + " || (has(self.role) && has(self.role.name) && has(self.role.path) && has(self.role.adoption)"
                + " && self.role.adoption == 'IfOffered'"
                + " && oldSelf.externalRole.arn.endsWith(':role' + self.role.path + self.role.name))",
        fieldPath = ".externalRole",
        message = "externalRole can be removed only to adopt the role; set role.name and role.path to those of the ARN "
                + "and role.adoption to IfOffered, or delete this resource and create another")
@ValidationRule(
        value = "!has(self.externalRole) || !(has(self.role) || has(self.policies) || has(self.deletionPolicy))",
        fieldPath = ".externalRole",
        message =
                "externalRole excludes role, policies and deletionPolicy, because the operator neither changes nor deletes "
                        + "an external role; remove them")
@ValidationRule(
        value = "!has(self.externalRole) || !has(self.delivery) || self.delivery == ['IRSA']",
        fieldPath = ".delivery",
        message = "externalRole requires IRSA, because the operator creates no association for an external role; "
                + "set delivery to [IRSA]")
@ValidationRule(
        value = "!has(self.externalRole) || !has(self.serviceAccounts) || size(self.serviceAccounts) == 1",
        fieldPath = ".serviceAccounts",
        message =
                "serviceAccounts: an external role can have only one ServiceAccount; create a resource for each of the others")
@ValidationRule(
        value = "!(has(self.role) && has(self.role.adoption) && self.role.adoption == 'IfOffered')"
                + " || has(self.deletionPolicy)",
        fieldPath = ".deletionPolicy",
        message =
                "deletionPolicy is required with role.adoption: IfOffered, because the role may have other users; set it to "
                        + "Retain to keep the role when this resource is deleted, or to Delete")
@ValidationRule(
        value = "!has(self.delivery) || size(self.delivery) < 2 || self.delivery[0] != self.delivery[1]",
        fieldPath = ".delivery",
        message = "delivery contains the same value twice; remove one of them")
@ValidationRule(
        value = "!has(self.delivery) || 'IRSA' in self.delivery || !has(self.token) || !has(self.token.audience)",
        fieldPath = ".token.audience",
        message = "token.audience applies only to IRSA; remove it, or add IRSA to delivery")
@ValidationRule(
        value = "(has(self.account) ? self.account : '') == (has(oldSelf.account) ? oldSelf.account : '')",
        fieldPath = ".account",
        message =
                "account is immutable because a role cannot move to another AWS account; delete this resource and create "
                        + "another")
@SchemaCustomizer(value = SchemaDetails.class, input = "serviceAccounts=map:name delivery=atomic")
public record IamServiceAccountSpec(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = MAX_SERVICE_ACCOUNTS)
        @JsonPropertyDescription(
                "The ServiceAccounts of this namespace that may assume the role, 1 to 10 in any order. "
                        + "The entitlement must allow their number (limits.serviceAccountsPerRole). A "
                        + "ServiceAccount that is removed loses the role. Default: one with the name of this "
                        + "resource, which the operator creates.")
        List<ServiceAccountSpec> serviceAccounts,

        @JsonPropertyDescription("Properties of the IAM role. Every field has a default.")
        RoleSpec role,

        @JsonPropertyDescription(
                "A role that others manage. The operator annotates the ServiceAccount with it and never "
                        + "changes the role. It excludes role, policies and deletionPolicy, requires IRSA, and "
                        + "cannot be added later. To adopt the role, replace externalRole with role.name and "
                        + "role.path of the ARN, and set role.adoption to IfOffered. Default: none.")
        @Nullable
        ExternalRoleSpec externalRole,

        @JsonPropertyDescription("The permissions of the role. Default: none.")
        PoliciesSpec policies,

        @JsonPropertyDescription("How pods exchange their tokens for credentials. Default: as on EKS.")
        TokenSpec token,

        @JsonPropertyDescription(
                "What happens to the role when this resource is deleted. Delete: it is deleted. Retain: "
                        + "it is kept without its ownership tags and can be adopted again, which an entitlement "
                        + "must allow unless the role was adopted. Required with role.adoption: IfOffered. "
                        + "Default: Delete.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("If true, the operator changes nothing and lists the pending changes in "
                + "status.pendingChanges. Once it has started to manage the resource, the deletion waits "
                + "too. Default: false.")
        boolean suspend,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 2)
        @JsonPropertyDescription(
                "How pods obtain credentials. IRSA: through the role annotation of the ServiceAccount. "
                        + "PodIdentity: through an EKS Pod Identity association. Both: while moving from one to "
                        + "the other. Default: as the operator is configured, usually IRSA.")
        List<Delivery> delivery,

        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "Name of the IamAccount of the AWS account that the role is in, which an entitlement for that "
                        + "account must allow. Immutable. Default: the account of the operator.")
        @Nullable
        String account) {
    /** Maximum number of ServiceAccounts. */
    public static final int MAX_SERVICE_ACCOUNTS = 10;

    /** A spec with all defaults. */
    public static final IamServiceAccountSpec DEFAULT = new IamServiceAccountSpec(
            List.of(), RoleSpec.DEFAULT, null, PoliciesSpec.NONE, TokenSpec.DEFAULT, null, false, List.of(), null);

    public IamServiceAccountSpec {
        serviceAccounts = List.copyOf(Objects.requireNonNullElse(serviceAccounts, List.of()));
        role = Objects.requireNonNullElse(role, RoleSpec.DEFAULT);
        policies = Objects.requireNonNullElse(policies, PoliciesSpec.NONE);
        token = Objects.requireNonNullElse(token, TokenSpec.DEFAULT);
        delivery = List.copyOf(Objects.requireNonNullElse(delivery, List.of()));
    }

    /** Returns the name of the IamAccount; the empty string for the account of the operator. */
    public String accountName() {
        return Objects.requireNonNullElse(account, "");
    }

    /** Returns this without {@code suspend}. */
    public IamServiceAccountSpec resumed() {
        return new IamServiceAccountSpec(
                serviceAccounts, role, externalRole, policies, token, deletionPolicy, false, delivery, account);
    }

    /** Returns the ServiceAccounts of a resource of this name: those of the list by name, or the default. */
    public List<ServiceAccountSpec> effectiveServiceAccounts(String resourceName) {
        return serviceAccounts.isEmpty()
                ? List.of(new ServiceAccountSpec(resourceName))
                : serviceAccounts.stream()
                        .sorted(Comparator.comparing(ServiceAccountSpec::name))
                        .toList();
    }
}
