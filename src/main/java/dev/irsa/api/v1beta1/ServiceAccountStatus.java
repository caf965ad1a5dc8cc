package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** A ServiceAccount, as long as the operator may have changed anything for it. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "delivery=set")
public record ServiceAccountStatus(
        @Required @JsonPropertyDescription("Name of the ServiceAccount.")
        String name,

        @Required
        @JsonPropertyDescription(
                "Whether the operator created it. If so, it is deleted when it is removed from the spec "
                        + "or with the resource.")
        boolean created,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 2)
        @JsonPropertyDescription("How its pods may obtain credentials, recorded before the first change.")
        List<Delivery> delivery) {
    public ServiceAccountStatus {
        delivery = Objects.requireNonNullElse(delivery, List.<Delivery>of()).stream()
                .sorted()
                .toList();
    }
}
