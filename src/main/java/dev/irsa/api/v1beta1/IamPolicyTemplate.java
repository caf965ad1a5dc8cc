package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A policy with parameters, which IamServiceAccounts use by name if an entitlement allows it. */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
@Singular("iampolicytemplate")
@Plural("iampolicytemplates")
@ShortNames("iampt")
@Categories("aws")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input =
                "{\"description\": \"A policy with parameters, which IamServiceAccounts use by name if an IamEntitlement allows "
                        + "it. A change of the template changes the roles of all its users.\"}")
@ValidationRule(
        value = "size(self.metadata.name) <= 128",
        message =
                "metadata.name has more than 128 characters and does not fit into the name of an IAM policy; choose a shorter "
                        + "name")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "USED BY", jsonPath = ".status.usedBy", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "DESCRIPTION", jsonPath = ".spec.description")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public final class IamPolicyTemplate extends CustomResource<IamPolicyTemplateSpec, IamPolicyTemplateStatus> {
    /** {@code r'^…$'}: a DNS subdomain, as the API server requires it of a name. */
    static final String IS_NAME = "r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'";

    @Required
    @JsonPropertyDescription("The policy and its parameters.")
    @Override
    public IamPolicyTemplateSpec getSpec() {
        return super.getSpec();
    }

    /** Returns the status, which is absent until the operator has written it. */
    @JsonPropertyDescription("The state that the operator observed.")
    @Override
    public @Nullable IamPolicyTemplateStatus getStatus() {
        return super.getStatus();
    }
}
