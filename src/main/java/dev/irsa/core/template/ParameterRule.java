package dev.irsa.core.template;

import dev.irsa.api.v1alpha1.IamPolicyTemplateSpec;
import dev.irsa.api.v1alpha1.TemplateParameter;
import dev.irsa.core.policy.QuotedValue;
import java.util.Optional;

/**
 * The values that a parameter may have. The pattern is the decision of the author of the template. The other rules hold for
 * every pattern. No value adds a policy variable or ends a text. A value adds a wildcard or another segment of an ARN only if
 * its parameter allows that.
 */
final class ParameterRule {
    /** Begin or end a policy variable, a placeholder, a default value of a variable, or a text in JSON. */
    private static final String FORBIDDEN = "${}\"'`\\";

    private static final String WILDCARDS = "*?";

    private final TemplateParameter parameter;
    private final ValuePattern pattern;

    /**
     * Creates the rule of a parameter.
     *
     * @throws IllegalArgumentException if its pattern does not compile
     */
    ParameterRule(TemplateParameter parameter) {
        this.parameter = parameter;
        this.pattern = ValuePattern.of(parameter.pattern());
    }

    /** Returns why a value is not allowed, to be read after what it is the value of; empty if it is allowed. */
    Optional<String> problemOf(String value) {
        if (value.length() > IamPolicyTemplateSpec.MAX_VALUE) {
            return Optional.of("has " + value.length() + " characters; a value may have at most "
                    + IamPolicyTemplateSpec.MAX_VALUE + "; use a shorter value");
        }
        return rule(value).map(rule -> "is " + QuotedValue.of(value) + "; " + rule);
    }

    private Optional<String> rule(String value) {
        if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
            return Optional.of("a value may contain printable ASCII characters only; remove the others");
        }
        if (hasAny(value, FORBIDDEN)) {
            return Optional.of("a value may contain none of $ { } \" ' ` and \\; remove them");
        }
        if (!parameter.wildcards() && hasAny(value, WILDCARDS)) {
            return Optional.of("this parameter does not allow the wildcards * and ?; write the exact value");
        }
        if (parameter.type() == TemplateParameter.Type.STRING && hasAny(value, ":")) {
            return Optional.of("only a parameter with type: arn may contain colons; remove them");
        }
        if (!pattern.matches(value)) {
            return Optional.of("it must match the pattern " + parameter.pattern() + "; choose another value");
        }
        return Optional.empty();
    }

    private static boolean hasAny(String value, String characters) {
        return value.chars().anyMatch(character -> characters.indexOf(character) >= 0);
    }
}
