package dev.irsa.api.v1alpha1;

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

/** An IAM role for one ServiceAccount: the role's trust policy admits exactly that ServiceAccount of this cluster. */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
// Said, as the client library would otherwise work the plural out by regular expressions for each object it reads.
@Singular("iamserviceaccount")
@Plural("iamserviceaccounts")
@ShortNames("iamsa")
@Categories("aws")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input = "{\"description\": \"An IAM role for one ServiceAccount: pods that run as the ServiceAccount have the "
                + "permissions of the role.\"}")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "ROLE", jsonPath = ".status.role.arn")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "SERVICEACCOUNT", jsonPath = ".status.serviceAccount.name", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message =
                "metadata.name may have at most 63 characters, as it goes into tags of the role: choose a shorter one")
public final class IamServiceAccount extends CustomResource<IamServiceAccountSpec, IamServiceAccountStatus>
        implements Namespaced {
    /** The API group of all resources here. */
    public static final String GROUP = "irsa.dev";

    /** The one version there is. */
    public static final String VERSION = "v1alpha1";

    /** Held from before the role is made until it is proven gone. */
    public static final String FINALIZER = "irsa.dev/role";

    /**
     * Without saying who manages which field: nobody here asks, and that is nested as deeply as the documents in the spec,
     * so that writing it out, as the framework does with each event, could run out of stack.
     */
    @Override
    public void setMetadata(@Nullable ObjectMeta metadata) {
        if (metadata != null) {
            metadata.setManagedFields(List.of());
        }
        super.setMetadata(metadata);
    }

    @Required
    @JsonPropertyDescription("What the user wants.")
    @Override
    public IamServiceAccountSpec getSpec() {
        return super.getSpec();
    }

    /**
     * Absent in an object that was made here and not read. The schema's default keeps kstatus from taking a resource
     * that the operator has not seen yet, and that has no conditions therefore, for a ready one.
     */
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("What the operator has seen and done.")
    @Override
    public @Nullable IamServiceAccountStatus getStatus() {
        return super.getStatus();
    }

    /** The condition Ready, of whatever generation; empty before the operator has said anything. */
    public Optional<Condition> ready() {
        return Stream.ofNullable(getStatus())
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst();
    }
}
