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
 * What the IamServiceAccounts in the selected namespaces may request. An IamServiceAccount gets no role unless an
 * entitlement allows it.
 */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
@Singular("iamentitlement")
@Plural("iamentitlements")
@ShortNames("iament")
@Categories("aws")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input =
                "{\"description\": \"What the IamServiceAccounts in the selected namespaces may request. A single "
                        + "entitlement must allow everything that an IamServiceAccount requests. Otherwise, the operator creates no role for it.\"}")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "RESOURCES",
        jsonPath = ".status.resources",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "BOUNDARY", jsonPath = ".spec.require.permissionsBoundaryARN")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public final class IamEntitlement extends CustomResource<IamEntitlementSpec, IamEntitlementStatus> {
    @Required
    @JsonPropertyDescription("What is allowed, and in which namespaces.")
    @Override
    public IamEntitlementSpec getSpec() {
        return super.getSpec();
    }

    /**
     * Returns the status, which is absent until the operator has written it. The schema sets no default, which would make
     * kstatus wait for the status. An operator that watches only some namespaces never writes it.
     */
    @JsonPropertyDescription("The state that the operator observed.")
    @Override
    public @Nullable IamEntitlementStatus getStatus() {
        return super.getStatus();
    }
}
