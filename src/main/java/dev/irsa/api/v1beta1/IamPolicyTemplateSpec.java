package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** A policy document with placeholders, and the parameters that replace them. */
@Stored
@SchemaCustomizer(value = SchemaDetails.class, input = "parameters=map:name")
public record IamPolicyTemplateSpec(
        @Size(max = 1000)
        @JsonPropertyDescription("What the policy allows, for those who choose a template. Default: empty.")
        String description,

        @Size(max = MAX_PARAMETERS)
        @JsonPropertyDescription(
                "Parameters of the document, at most 20. The operator provides the reserved ones, which "
                        + "are partition, account, region, cluster, namespace and serviceAccount.")
        List<TemplateParameter> parameters,

        @Required
        @PreserveUnknownFields
        @JsonDeserialize(using = BoundedDocument.class)
        @JsonPropertyDescription("The IAM policy document as an object. {{name}} is replaced by the value of the "
                + "parameter. Placeholders are allowed only in statements that allow, in Resource and in "
                + "the values of Condition.")
        ObjectNode document) {
    /** Maximum number of parameters. */
    static final int MAX_PARAMETERS = 20;

    /** Maximum length of a value. */
    public static final int MAX_VALUE = 256;

    public IamPolicyTemplateSpec {
        description = Objects.requireNonNullElse(description, "");
        parameters = List.copyOf(Objects.requireNonNullElse(parameters, List.of()));
        document = document.deepCopy();
    }

    /** Returns a copy, because a JSON tree is mutable and this spec is not. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** Returns whether the document was dropped because it is larger or nested more deeply than IAM accepts. */
    public boolean tooLarge() {
        return document.equals(BoundedDocument.TOO_MUCH);
    }
}
