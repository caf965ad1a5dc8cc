package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A policy of the role that is rendered from an {@link IamPolicyTemplate}. */
@Stored
@ValidationRule(
        value = "self.name.matches(" + IamPolicyTemplate.IS_NAME + ")",
        fieldPath = ".name",
        messageExpression = "\"policies.templates: '\" + self.name + \"' is not the name of an IamPolicyTemplate; use "
                + "lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit\"",
        message =
                "policies.templates: name must be the name of an IamPolicyTemplate: lower-case letters, digits, '-' and "
                        + "'.', beginning and ending with a letter or digit")
@ValidationRule(
        value = "!has(self.policyName) || self.policyName.matches(r'^[A-Za-z0-9_+=,.@-]+$')",
        fieldPath = ".policyName",
        messageExpression = "\"policies.templates: policyName '\" + self.policyName + \"' is not a valid IAM name; use "
                + "letters, digits and the characters _+=,.@-\"",
        message = "policies.templates: policyName must be a valid IAM name: letters, digits and the characters _+=,.@-")
@ValidationRule(
        value = "!((has(self.policyName) ? self.policyName : self.name).lowerAscii() in " + InlinePolicy.RESERVED_IN_CEL
                + ")",
        fieldPath = ".policyName",
        messageExpression = "\"policies.templates: '\" + (has(self.policyName) ? self.policyName : self.name) + \"' is "
                + "reserved for incident response, regardless of case; choose another policyName\"",
        message =
                "policies.templates: the names AWSRevokeOlderSessions and AWSDenyAll are reserved for incident response, "
                        + "regardless of case; choose another policyName")
@ValidationRule(
        value = "!has(self.parameters) || self.parameters.all(k, self.parameters[k].matches(" + TemplateUse.IS_PRINTABLE
                + "))",
        fieldPath = ".parameters",
        messageExpression = "\"policies.templates: parameters: the value of '\" + self.parameters.filter(k, "
                + "!self.parameters[k].matches(" + TemplateUse.IS_PRINTABLE + "))[0] + \"' has a character that "
                + "templates do not accept; use only printable ASCII characters\"",
        message =
                "policies.templates: a parameter has a character that templates do not accept; use only printable ASCII "
                        + "characters")
public record TemplateUse(
        @Required @Size(max = 128) @JsonPropertyDescription("Name of the IamPolicyTemplate.")
        String name,

        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Name of the inline policy, unique within the role regardless of case. If you use a "
                + "template twice, set it. Default: the name of the template.")
        @Nullable
        String policyName,

        @Size(max = IamPolicyTemplateSpec.MAX_PARAMETERS)
        @JsonPropertyDescription(
                "Values of the parameters of the template, by name. You may omit a parameter that has a " + "default.")
        Map<String, @Size(max = IamPolicyTemplateSpec.MAX_VALUE) String> parameters) {
    /** {@code r'^…$'}: printable ASCII. */
    static final String IS_PRINTABLE = "r'^[\\x20-\\x7E]*$'";

    public TemplateUse {
        parameters = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(parameters, Map.of())));
    }

    /** Returns the name of the inline policy. */
    public String effectivePolicyName() {
        return policyName == null ? name : policyName;
    }
}
