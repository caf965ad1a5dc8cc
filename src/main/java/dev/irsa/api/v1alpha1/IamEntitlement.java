package dev.irsa.api.v1alpha1;

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

/** What the namespaces that it selects may ask for. Without one that allows it, an IamServiceAccount gets no role. */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
@Singular("iamentitlement")
@Plural("iamentitlements")
@ShortNames("iament")
@Categories("aws")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input = "{\"description\": \"What the IamServiceAccounts of the namespaces that it selects may ask for. One "
                + "entitlement must allow all that an IamServiceAccount asks for; without any, it gets no role.\"}")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "RESOURCES",
        jsonPath = ".status.resources",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "BOUNDARY", jsonPath = ".spec.permissionsBoundaryArn")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public final class IamEntitlement extends CustomResource<IamEntitlementSpec, IamEntitlementStatus> {
    @Required
    @JsonPropertyDescription("What is allowed, and to whom.")
    @Override
    public IamEntitlementSpec getSpec() {
        return super.getSpec();
    }

    /**
     * Absent until the operator has written it. The schema gives no default that would make kstatus wait for it: an
     * operator that is limited to namespaces never writes it.
     */
    @JsonPropertyDescription("What the operator makes of it.")
    @Override
    public @Nullable IamEntitlementStatus getStatus() {
        return super.getStatus();
    }
}
