package dev.irsa.core.template;

import dev.irsa.api.v1beta1.IamPolicyTemplateSpec;
import dev.irsa.api.v1beta1.TemplateParameter;
import dev.irsa.core.policy.QuotedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The values that a parameter may have. The pattern is the decision of the author of the template. The other rules hold for
 * every pattern. No value adds a policy variable or ends a text. A value adds a wildcard or another segment of an ARN only if
 * its parameter allows that.
 */
final class ParameterRule {
    /** Begin or end a policy variable, a placeholder, a default value of a variable, or a text in JSON. */
    private static final String FORBIDDEN = "${}\"'`\\";

    private static final String WILDCARDS = "*?";

    /** A shorter ARN has a wildcard in each part that it does not have. Source: "IAM ARNs" in the IAM User Guide. */
    private static final int PARTS_OF_ARN = 6;

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,62}");

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
        if (!parameter.wildcards() && isIncompleteArn(value)) {
            return Optional.of("AWS reads an ARN with fewer than " + PARTS_OF_ARN
                    + " parts as one with wildcards, which this parameter does not allow; write the whole ARN");
        }
        if (parameter.type() == TemplateParameter.Type.STRING && hasAny(value, ":")) {
            return Optional.of("only a parameter with type: ARN may contain colons; remove them");
        }
        if (!pattern.matches(value)) {
            return Optional.of("it must match the pattern " + parameter.pattern() + "; choose another value");
        }
        return Optional.empty();
    }

    private static boolean isIncompleteArn(String value) {
        return value.startsWith("arn:") && value.split(":", -1).length < PARTS_OF_ARN;
    }

    private static boolean hasAny(String value, String characters) {
        return value.chars().anyMatch(character -> characters.indexOf(character) >= 0);
    }

    /**
     * Returns the problems of the parameters of a template, each as "place, problem, remedy"; empty if they are valid. The schema
     * checks their names as well, but a stored resource may predate it.
     */
    static List<String> problemsOf(List<TemplateParameter> parameters) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (TemplateParameter parameter : parameters) {
            nameProblem(parameter.name(), names.add(parameter.name()))
                    .or(() -> patternProblem(parameter))
                    .or(() -> defaultProblem(parameter))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<String> nameProblem(String name, boolean isNew) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("parameter " + QuotedValue.of(name)
                    + ": a name begins with a lower-case letter and has at most 63 letters and digits; rename it");
        }
        if (BuiltIn.named(name).isPresent()) {
            return Optional.of(
                    "parameter " + name + ": the name is reserved; the operator provides its value; rename it");
        }
        return isNew
                ? Optional.empty()
                : Optional.of("parameter " + name + ": another parameter has this name; remove one of them");
    }

    private static Optional<String> patternProblem(TemplateParameter parameter) {
        return ValuePattern.problemOf(parameter.pattern())
                .map(problem -> "parameter " + parameter.name() + ": pattern " + QuotedValue.of(parameter.pattern())
                        + " " + problem);
    }

    private static Optional<String> defaultProblem(TemplateParameter parameter) {
        return Optional.ofNullable(parameter.defaultValue())
                .flatMap(value -> new ParameterRule(parameter).problemOf(value))
                .map(problem -> "parameter " + parameter.name() + ": default " + problem);
    }
}
