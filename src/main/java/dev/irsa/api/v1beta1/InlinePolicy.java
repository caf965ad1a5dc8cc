package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Locale;
import java.util.Set;

/**
 * A policy that is embedded in the role. Two names are reserved: the console of AWS writes {@code AWSRevokeOlderSessions} to
 * revoke sessions, and responders use {@code AWSDenyAll}. IAM replaces a policy by name.
 */
@Stored
@ValidationRule(
        value = "self.name.matches(r'^[A-Za-z0-9_+=,.@-]+$')",
        fieldPath = ".name",
        messageExpression =
                "\"policies.inline: '\" + self.name + \"' is not a valid IAM name; use letters, digits and the "
                        + "characters _+=,.@-\"",
        message = "policies.inline: name must be a valid IAM name: letters, digits and the characters _+=,.@-")
@ValidationRule(
        value = "!(self.name.lowerAscii() in " + InlinePolicy.RESERVED_IN_CEL + ")",
        fieldPath = ".name",
        messageExpression = "\"policies.inline: '\" + self.name + \"' is reserved for incident response, "
                + "regardless of case; choose another name\"",
        message =
                "policies.inline: the names AWSRevokeOlderSessions and AWSDenyAll are reserved for incident response, "
                        + "regardless of case; choose another name")
public record InlinePolicy(
        @Required
        @Size(max = 128)
        @JsonPropertyDescription(
                "Name of the policy, unique within the role regardless of case. AWSRevokeOlderSessions and AWSDenyAll are "
                        + "reserved for incident response.")
        String name,

        @Required
        @PreserveUnknownFields
        @JsonDeserialize(using = BoundedDocument.class)
        @JsonPropertyDescription("The IAM policy document as an object, with the keys of the JSON document, such as "
                + "Version and Statement.")
        ObjectNode document) {
    /** The reserved names in lower case, as a list in CEL. */
    static final String RESERVED_IN_CEL = "['awsrevokeoldersessions', 'awsdenyall']";

    private static final Set<String> RESERVED_NAMES = Set.of("awsrevokeoldersessions", "awsdenyall");

    public InlinePolicy {
        document = document.deepCopy();
    }

    /** Returns a copy, because a JSON tree is mutable and this policy is not. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** Returns whether the name is reserved for incident response. */
    public boolean hasReservedName() {
        return RESERVED_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns what the document counts towards the maximum of a resource. */
    int size() {
        return BoundedDocument.size(document);
    }

    /** Returns this policy without its document. */
    InlinePolicy dropped() {
        return new InlinePolicy(name, BoundedDocument.TOO_MUCH);
    }

    /**
     * Returns whether the document was dropped because it is nested more deeply than IAM accepts, or is larger, alone or together
     * with those before it.
     */
    public boolean tooLarge() {
        return document.equals(BoundedDocument.TOO_MUCH);
    }
}
