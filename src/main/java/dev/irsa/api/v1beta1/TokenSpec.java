package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How pods exchange their ServiceAccount token for credentials. The pod identity webhook decides about absent fields. It
 * silently replaces a lifetime of less than one hour by one hour. The schema rejects such a lifetime instead.
 */
@Stored
@ValidationRule(
        value = "!has(self.audience) || self.audience.matches(r'^[A-Za-z0-9][A-Za-z0-9._~:/@+=-]*$')",
        fieldPath = ".audience",
        messageExpression = "\"token.audience: '\" + self.audience + \"' is not a single audience, such as "
                + "sts.amazonaws.com; use letters, digits and the characters ._~:/@+=-, without spaces or wildcards\"",
        message = "token.audience must be a single audience, such as sts.amazonaws.com: letters, digits and the "
                + "characters ._~:/@+=-, without spaces or wildcards")
@SchemaCustomizer(value = SchemaDetails.class, input = "expirationSeconds=int32")
public record TokenSpec(
        @Size(max = 255)
        @JsonPropertyDescription(
                "Audience of the token, which the trust policy of the role requires. Default: " + "sts.amazonaws.com.")
        @Nullable
        String audience,

        @Min(3600)
        @Max(86400)
        @JsonPropertyDescription("Lifetime of the token in seconds, 3600 to 86400, which becomes the annotation "
                + "eks.amazonaws.com/token-expiration. Default: no annotation, which EKS treats as 86400.")
        @Nullable
        Integer expirationSeconds,

        @JsonPropertyDescription("Whether pods use the STS endpoint of their region, which becomes the annotation "
                + "eks.amazonaws.com/sts-regional-endpoints. Default: no annotation, which EKS treats as "
                + "true.")
        @Nullable
        Boolean stsRegionalEndpoints) {
    /** The default audience of EKS in every partition. */
    public static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

    /** The defaults of the EKS webhook. */
    public static final TokenSpec DEFAULT = new TokenSpec(null, null, null);

    /** Returns the audience, or the default if none is set. */
    public String effectiveAudience() {
        return audience == null ? DEFAULT_AUDIENCE : audience;
    }
}
