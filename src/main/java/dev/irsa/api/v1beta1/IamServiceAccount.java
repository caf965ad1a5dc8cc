package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An IAM role for ServiceAccounts of its namespace. The trust policy of the role admits only these of this cluster. */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
// Without an explicit plural, the client library derives it with regular expressions for each resource that it reads.
@Singular("iamserviceaccount")
@Plural("iamserviceaccounts")
@ShortNames("iamsa")
@Categories("aws")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input = "{\"description\": \"An IAM role for the pods of one or more ServiceAccounts of its namespace.\"}")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "DELIVERY", jsonPath = ".status.delivery")
@AdditionalPrinterColumn(name = "IAM ROLE", jsonPath = ".status.roleName")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "AVAILABLE",
        jsonPath = ".status.conditions[?(@.type==\"Available\")].status",
        priority = 1)
@AdditionalPrinterColumn(name = "ROLE ARN", jsonPath = ".status.roleARN", priority = 1)
@AdditionalPrinterColumn(name = "ENTITLEMENT", jsonPath = ".status.entitlement", priority = 1)
@AdditionalPrinterColumn(name = "ADOPTION", jsonPath = ".status.adoption", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@ValidationRule(
        value = "has(oldSelf.spec.serviceAccounts) || !has(self.spec.serviceAccounts)"
                + " || self.spec.serviceAccounts.exists(account, account.name == self.metadata.name)",
        fieldPath = ".spec.serviceAccounts",
        messageExpression =
                "\"serviceAccounts: '\" + self.metadata.name + \"' is missing, which has the role by default and would lose "
                        + "it; add it, and remove it in a later change if you intend that\"",
        message = "serviceAccounts must contain the name of this resource, which has the role by default; add it")
@ValidationRule(
        value = "!has(oldSelf.spec.externalRole) || " + IamServiceAccount.EXTERNAL_ACCOUNT
                + " in (has(self.spec.serviceAccounts) ? self.spec.serviceAccounts.map(account, account.name)"
                + " : [self.metadata.name])",
        fieldPath = ".spec.serviceAccounts",
        messageExpression =
                "\"serviceAccounts: '\" + " + IamServiceAccount.EXTERNAL_ACCOUNT + " + \"' is missing; the "
                        + "ServiceAccount of an external role is immutable; add it, or delete this resource and create another\"",
        message =
                "serviceAccounts: the ServiceAccount of an external role is immutable; delete this resource and create another")
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message =
                "metadata.name is longer than 63 characters and does not fit into the role tags; choose a shorter name")
public final class IamServiceAccount extends CustomResource<IamServiceAccountSpec, IamServiceAccountStatus>
        implements Namespaced {
    /** The API group of all resources here. */
    public static final String GROUP = "irsa.dev";

    /** The only version. */
    public static final String VERSION = "v1beta1";

    /** The ServiceAccount that had a role of others until now. Such a resource has exactly one. */
    static final String EXTERNAL_ACCOUNT =
            "(has(oldSelf.spec.serviceAccounts) ? oldSelf.spec.serviceAccounts[0].name : self.metadata.name)";

    /** Set before the operator creates the role, and removed once the role no longer exists. */
    public static final String FINALIZER = "irsa.dev/role";

    /** The annotation with the ARN of the role. It is set with the finalizer if the spec names an account. */
    public static final String RECORDED_ROLE = "irsa.dev/role-arn";

    /**
     * Sets the metadata. The managed fields are skipped when a resource is read, because the operator does not use them. They
     * are as large as the rest of the resource, and nested as deeply as the documents in the spec.
     */
    @Override
    @JsonIgnoreProperties("managedFields")
    public void setMetadata(@Nullable ObjectMeta metadata) {
        super.setMetadata(metadata);
    }

    @Required
    @JsonPropertyDescription("The desired state of the role and its ServiceAccounts.")
    @Override
    public IamServiceAccountSpec getSpec() {
        return super.getSpec();
    }

    /**
     * Returns the status, which is absent in a resource that this program created and did not read. A resource that the
     * operator has not observed yet has no conditions. The default of the schema keeps kstatus from reporting it as ready.
     */
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("The state that the operator observed.")
    @Override
    public @Nullable IamServiceAccountStatus getStatus() {
        return super.getStatus();
    }

    /** Returns the condition Ready, of any generation; empty until the operator has written one. */
    public Optional<Condition> ready() {
        return condition("Ready");
    }

    /** Returns the condition Available, of any generation; empty until the operator has written one. */
    public Optional<Condition> available() {
        return condition("Available");
    }

    /** Returns the ARN of the role that was recorded with the finalizer. Users can write it too, so it grants nothing. */
    public Optional<String> recordedRole() {
        return Optional.ofNullable(getMetadata().getAnnotations())
                .filter(_ -> hasFinalizer(FINALIZER))
                .map(annotations -> annotations.get(RECORDED_ROLE));
    }

    private Optional<Condition> condition(String type) {
        return Stream.ofNullable(getStatus())
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Returns the ServiceAccounts that the resource has an association for, by its status. */
    public List<String> associatedServiceAccounts() {
        return Stream.ofNullable(getStatus())
                .flatMap(status -> Stream.ofNullable(status.podIdentity()))
                .flatMap(podIdentity -> podIdentity.associations().stream())
                .map(AssociationStatus::serviceAccount)
                .toList();
    }
}
