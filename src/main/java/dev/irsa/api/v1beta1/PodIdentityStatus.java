package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** What the resource has in EKS Pod Identity. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "associations=map:serviceAccount")
public record PodIdentityStatus(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_ASSOCIATIONS)
        @JsonPropertyDescription("The associations that the operator created, one per ServiceAccount.")
        List<AssociationStatus> associations) {
    /** Maximum number of associations in the status. */
    public static final int MAX_ASSOCIATIONS = IamServiceAccountStatus.MAX_SERVICE_ACCOUNTS;

    public PodIdentityStatus {
        associations = List.copyOf(Objects.requireNonNullElse(associations, List.of()));
    }
}
