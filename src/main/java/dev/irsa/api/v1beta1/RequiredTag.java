package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tag that every role has, with a value that is given or that a label of the namespace has. */
@Stored
@ValidationRule(
        value = "self.key.matches(r'^[\\pL\\pZ\\pN_.:/=+@-]+$')"
                + " && !self.key.matches(r'^(?i:aws:|[i\\x{130}\\x{131}]rsa\\.dev/|kubernetes-|eks-cluster-)')",
        fieldPath = ".key",
        messageExpression =
                "\"require.tags: '\" + self.key + \"' is not a key that a role's tag can have; use letters, "
                        + "digits, spaces and the characters _.:/=+@-, without the reserved prefixes aws:, irsa.dev/, kubernetes- "
                        + "and eks-cluster-\"",
        message = "require.tags has a key that a role's tag cannot have")
@ValidationRule(
        value = "has(self.value) != has(self.namespaceLabel)",
        messageExpression = "\"require.tags: '\" + self.key + \"' needs exactly one of value and namespaceLabel\"",
        message = "require.tags: each tag needs exactly one of value and namespaceLabel")
@ValidationRule(
        value = "!has(self.value) || self.value.matches(r'^[\\pL\\pZ\\pN_.:/=+@-]*$')",
        fieldPath = ".value",
        messageExpression =
                "\"require.tags: '\" + self.key + \"' has a value that IAM rejects; use only letters, digits, spaces "
                        + "and the characters _.:/=+@-\"",
        message = "require.tags has a value that IAM rejects")
@ValidationRule(
        value = "!has(self.namespaceLabel) || has(self.values) || self.namespaceLabel == 'kubernetes.io/metadata.name'",
        fieldPath = ".values",
        messageExpression = "\"require.tags: '\" + self.key + \"' needs values, because users may set the label '\" "
                + "+ self.namespaceLabel + \"' and get access with the tag; list the values that the label may have\"",
        message = "require.tags: a tag from a label needs values, because users may set the label")
@ValidationRule(
        value = "!has(self.values) || has(self.namespaceLabel)",
        fieldPath = ".values",
        messageExpression =
                "\"require.tags: '\" + self.key + \"' has values without namespaceLabel; remove them, or set namespaceLabel\"",
        message = "require.tags: values need namespaceLabel; remove them, or set namespaceLabel")
@SchemaCustomizer(value = SchemaDetails.class, input = "values=set")
public record RequiredTag(
        @Required @Size(min = 1, max = 128) @JsonPropertyDescription("Key of the tag. Case is ignored, as in IAM.")
        String key,

        @Size(max = 256) @JsonPropertyDescription("Value of the tag.") @Nullable
        String value,

        @Size(min = 1, max = 317)
        @JsonPropertyDescription(
                "Label of the namespace whose value the tag gets. The entitlement allows no resource in "
                        + "a namespace without the label.")
        @Nullable
        String namespaceLabel,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("Values that the label may have, with the wildcards * and ?. Required with "
                + "namespaceLabel, unless that is kubernetes.io/metadata.name.")
        List<@Size(max = 256) String> values) {
    public RequiredTag {
        values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
    }
}
