package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * Another AWS account in which the operator manages roles. An IamServiceAccount names it in {@code spec.account}. Without that
 * field, its role is in the account of the operator.
 */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
@Singular("iamaccount")
@Plural("iamaccounts")
@ShortNames("iamacct")
@Categories("aws")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input = "{\"description\": \"Another AWS account in which the operator manages roles of this cluster.\"}")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "ACCOUNT ID", jsonPath = ".spec.accountID")
@AdditionalPrinterColumn(name = "ROLES", jsonPath = ".status.roles", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "QUOTA",
        jsonPath = ".status.roleQuota.limit",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "ACCOUNT ROLES",
        jsonPath = ".status.roleQuota.used",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "ROLE ARN", jsonPath = ".spec.roleARN", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public final class IamAccount extends CustomResource<IamAccountSpec, IamAccountStatus> {
    @Required
    @JsonPropertyDescription("The account, and how the operator gets access to it.")
    @Override
    public IamAccountSpec getSpec() {
        return super.getSpec();
    }

    /** Returns the status, which is absent until the operator has written it. */
    @JsonPropertyDescription("The state that the operator observed.")
    @Override
    public @Nullable IamAccountStatus getStatus() {
        return super.getStatus();
    }
}
