package dev.irsa.core.template;

import dev.irsa.api.v1alpha1.TemplateParameter;
import dev.irsa.core.policy.QuotedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks the parameters of a template. The schema checks their names as well, but a stored resource may predate it. */
final class ParameterCheck {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,62}");

    private ParameterCheck() {}

    /** Returns the problems of these parameters, each as "place, problem, remedy"; empty if they are valid. */
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
