package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A policy that is embedded in the role. */
@Stored
@ValidationRule(
        value = "self.name.matches(r'^[A-Za-z0-9_+=,.@-]+$')",
        fieldPath = ".name",
        message = "policies.inline: name must be a valid IAM name: letters, digits and the characters _+=,.@-")
public record InlinePolicy(
        @Required @Size(max = 128) @JsonPropertyDescription("Name of the policy, unique within the role.")
        String name,

        @Required
        @PreserveUnknownFields
        @JsonDeserialize(using = BoundedDocument.class)
        @JsonPropertyDescription(
                "The IAM policy document as an object, not as text. The keys, such as Version and Statement, "
                        + "are the same as in JSON.")
        ObjectNode document) {
    public InlinePolicy {
        document = document.deepCopy();
    }

    /** Returns a copy, because a JSON tree is mutable and this policy is not. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** Returns whether the document was dropped because it is larger or nested more deeply than IAM accepts. */
    public boolean tooLarge() {
        return document.equals(BoundedDocument.TOO_MUCH);
    }
}
