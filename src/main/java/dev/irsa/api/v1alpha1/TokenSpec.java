package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How pods exchange their ServiceAccount token for credentials. What is absent is left to the pod identity webhook, which
 * takes less than an hour for an hour without a word: here that is refused.
 */
@Stored
@ValidationRule(
        value = "!has(self.audience) || self.audience.matches(r'^[A-Za-z0-9][A-Za-z0-9._~:/@+=-]*$')",
        fieldPath = ".audience",
        message = "token.audience must be one plain audience, such as sts.amazonaws.com: letters, digits and the "
                + "characters ._~:/@+=-, without blanks or wildcards")
public record TokenSpec(
        @Size(max = 255)
        @JsonPropertyDescription(
                "Audience of the token, which the trust policy of the role pins. " + "Default: sts.amazonaws.com.")
        @Nullable
        String audience,

        @Min(3600)
        @Max(86400)
        @JsonPropertyDescription("Lifetime of the token in seconds, 3600 to 86400; becomes the annotation "
                + "eks.amazonaws.com/token-expiration. Default: no annotation, which the webhook takes as 86400.")
        @Nullable
        Integer expirationSeconds,

        @JsonPropertyDescription("Whether pods talk to the STS of their region; becomes the annotation "
                + "eks.amazonaws.com/sts-regional-endpoints. Default: no annotation, which EKS takes as true.")
        @Nullable
        Boolean stsRegionalEndpoints) {
    /** What EKS asks for when nothing is said, in every partition. */
    public static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

    /** All as EKS's webhook has it. */
    public static final TokenSpec DEFAULT = new TokenSpec(null, null, null);

    /** The audience that is asked for, said or not. */
    public String effectiveAudience() {
        return audience == null ? DEFAULT_AUDIENCE : audience;
    }
}
