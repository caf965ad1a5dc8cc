package dev.irsa.core.template;

import dev.irsa.api.v1beta1.TemplateParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the placeholders of the strings of a document, for all values that its parameters may have. */
final class PlaceholderCheck {
    private static final String NEIGHBOURS = "{}$";

    /** These are the same for all users of a template in the cluster. */
    private static final Pattern CONSTANT = Pattern.compile("\\{\\{(?:partition|account|region)}}");

    /** The last character of each wildcard, placeholder and policy variable. */
    private static final String DYNAMIC = "*?}";

    private static final int COLONS_BEFORE_RESOURCE = 5;

    private final Map<String, TemplateParameter> parameters = new TreeMap<>();

    PlaceholderCheck(List<TemplateParameter> parameters) {
        parameters.forEach(parameter -> this.parameters.put(parameter.name(), parameter));
    }

    /** Returns the problems of a string, each as "place, problem, remedy"; empty if it is valid. */
    List<String> problemsOf(TemplateText text) {
        List<String> problems = text.forbidden()
                .map(why -> text.hasMark() ? List.of("placeholders are not allowed " + why) : List.<String>of())
                .orElseGet(() -> placeholderProblems(text));
        return problems.stream()
                .map(problem -> "document: " + text.path() + ": " + problem)
                .toList();
    }

    private List<String> placeholderProblems(TemplateText text) {
        List<String> problems = new ArrayList<>();
        for (MatchResult placeholder : text.placeholders()) {
            String before = text.text().substring(0, placeholder.start());
            String after = text.text().substring(placeholder.end());
            problem(placeholder.group(1), before, after)
                    .map(problem -> placeholder.group() + " " + problem)
                    .ifPresent(problems::add);
        }
        if (text.hasStrayMark()) {
            problems.add("{{ or }} is not part of a placeholder; write {{name}} without spaces, and no other {{ or }}");
        }
        return problems;
    }

    private Optional<String> problem(String name, String before, String after) {
        if (isInVariable(before)) {
            return Optional.of("is inside a policy variable; a value cannot choose a variable; write its name");
        }
        if (endsWithAny(before, NEIGHBOURS) || beginsWithAny(after, NEIGHBOURS)) {
            return Optional.of("is next to {, } or $; together they could form a policy variable; separate them");
        }
        Optional<BuiltIn> builtIn = BuiltIn.named(name);
        if (builtIn.isPresent()) {
            return builtIn.flatMap(found -> delimiterProblem(found, before, after));
        }
        return Optional.ofNullable(parameters.get(name))
                .map(parameter -> colonProblem(parameter, before))
                .orElseGet(() -> Optional.of("is unknown; use one of " + known() + ", or add a parameter"));
    }

    /** An open variable ends at the next brace. Nested ones are not valid and count as open until all have ended. */
    private static boolean isInVariable(String before) {
        int open = 0;
        for (int i = 0; i < before.length(); i++) {
            if (before.startsWith("${", i)) {
                open++;
            } else if (open > 0 && before.charAt(i) == '}') {
                open--;
            }
        }
        return open > 0;
    }

    /** Checks that the name of this user cannot be mistaken for a part of the name of another one. */
    private static Optional<String> delimiterProblem(BuiltIn builtIn, String before, String after) {
        String delimiters = builtIn.delimiters();
        if (delimiters.isEmpty()) {
            return Optional.empty();
        }
        String listed = String.join(" ", delimiters.split("", -1)).strip();
        String hazard = "the names a and a-b would be confused; ";
        if (!after.isEmpty() && !beginsWithAny(after, delimiters)) {
            return Optional.of("is not at the end of the text and not followed by one of " + listed + "; " + hazard
                    + "insert one behind it");
        }
        String fixed = CONSTANT.matcher(before).replaceAll("-");
        return lastOf(fixed, delimiters) >= lastOf(fixed, DYNAMIC)
                ? Optional.empty()
                : Optional.of("follows a wildcard, a placeholder or a policy variable without one of " + listed
                        + " between them; " + hazard + "insert one");
    }

    /** Checks that the colons of a value cannot move the account or the region of an ARN. */
    private static Optional<String> colonProblem(TemplateParameter parameter, String before) {
        boolean mayStartHere = before.isEmpty()
                || (before.startsWith("arn:")
                        && before.chars().filter(character -> character == ':').count() >= COLONS_BEFORE_RESOURCE);
        return mayStartHere || parameter.type() == TemplateParameter.Type.STRING
                ? Optional.empty()
                : Optional.of("has type: ARN, and its colons could change the account or the region here; put it at the"
                        + " beginning of the text or behind the fifth colon of an ARN, or use type: String");
    }

    private String known() {
        return Stream.concat(Arrays.stream(BuiltIn.values()).map(BuiltIn::placeholder), parameters.keySet().stream())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean beginsWithAny(String text, String characters) {
        return !text.isEmpty() && characters.indexOf(text.charAt(0)) >= 0;
    }

    private static boolean endsWithAny(String text, String characters) {
        return !text.isEmpty() && characters.indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private static int lastOf(String text, String characters) {
        return characters.chars().map(text::lastIndexOf).max().orElse(-1);
    }
}
