package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** A tag that roles may have, with these values. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "values=set")
public record TagLimit(
        @Required
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Key of the tag, with the wildcards * and ?. Case is ignored, as in IAM.")
        String key,

        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("Values that the tag may have, with the wildcards * and ?.")
        List<@Size(max = 256) String> values) {
    public TagLimit {
        values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
    }
}
