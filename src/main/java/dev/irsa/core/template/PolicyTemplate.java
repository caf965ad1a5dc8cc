package dev.irsa.core.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.IamPolicyTemplateSpec;
import dev.irsa.api.v1beta1.TemplateParameter;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.policy.PolicyGrammar;
import dev.irsa.core.policy.QuotedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A parsed template. An invalid one renders nothing.
 *
 * <p>These decisions belong to the author of a template: which values a pattern accepts, what a wildcard next to a placeholder
 * matches, and whether a value may have wildcards. With the resource {@code arn:aws:s3:::{{bucket}}*}, the value
 * {@code data} matches the bucket {@code data-of-others} as well. The name of a ServiceAccount is chosen by its user, and
 * identifies nothing without its namespace.
 */
public final class PolicyTemplate {
    private final String name;
    private final long generation;
    private final ObjectNode document;
    private final SortedMap<String, String> defaults;
    private final List<TemplateText> texts;
    private final List<String> problems;
    private final SortedMap<String, ParameterRule> rules = new TreeMap<>();

    private PolicyTemplate(String name, long generation, IamPolicyTemplateSpec spec) {
        this.name = name;
        this.generation = generation;
        this.document = spec.document();
        this.defaults = defaults(spec.parameters());
        List<String> documentProblems = documentProblems(spec.tooLarge(), document);
        this.texts = documentProblems.isEmpty() ? TemplateTexts.of(document) : List.of();
        List<String> found = new ArrayList<>(documentProblems);
        found.addAll(ParameterRule.problemsOf(spec.parameters()));
        if (documentProblems.isEmpty()) {
            found.addAll(placeholderProblems(spec.parameters(), texts));
        }
        this.problems = List.copyOf(found);
        if (problems.isEmpty()) {
            spec.parameters().forEach(parameter -> rules.put(parameter.name(), new ParameterRule(parameter)));
        }
    }

    /** Parses and checks the template of this name, generation and spec. */
    public static PolicyTemplate of(String name, long generation, IamPolicyTemplateSpec spec) {
        return new PolicyTemplate(name, generation, spec);
    }

    private static SortedMap<String, String> defaults(List<TemplateParameter> parameters) {
        TreeMap<String, String> defaults = new TreeMap<>();
        for (TemplateParameter parameter : parameters) {
            Optional.ofNullable(parameter.defaultValue()).ifPresent(value -> defaults.put(parameter.name(), value));
        }
        return defaults;
    }

    private static List<String> documentProblems(boolean tooLarge, ObjectNode document) {
        return tooLarge
                ? List.of("document: it is larger or more deeply nested than IAM accepts; split the template")
                : PolicyGrammar.problemsOf(document).stream()
                        .map(problem -> "document: " + problem)
                        .toList();
    }

    private static List<String> placeholderProblems(List<TemplateParameter> parameters, List<TemplateText> texts) {
        List<String> problems = new ArrayList<>();
        PlaceholderCheck check = new PlaceholderCheck(parameters);
        texts.forEach(text -> problems.addAll(check.problemsOf(text)));
        Set<String> used = used(texts);
        parameters.stream()
                .map(TemplateParameter::name)
                .filter(parameter -> !used.contains(parameter))
                .map(parameter -> "parameter " + parameter + ": the document does not use it; remove it or use {{"
                        + parameter + "}}")
                .forEach(problems::add);
        return problems;
    }

    private static Set<String> used(List<TemplateText> texts) {
        return texts.stream().flatMap(text -> text.names().stream()).collect(Collectors.toSet());
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns the generation of the IamPolicyTemplate that it was parsed from. */
    public long generation() {
        return generation;
    }

    /** Returns what is invalid in it, each as "place, problem, remedy"; empty if it is valid. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Returns the values of a use by the name of their parameter: the given ones, and the defaults of the others. A
     * parameter that has neither is not in it. An invalid template has effective values as well.
     */
    public SortedMap<String, String> effectiveValues(Map<String, String> given) {
        TreeMap<String, String> values = new TreeMap<>(defaults);
        values.putAll(given);
        return Collections.unmodifiableSortedMap(values);
    }

    /** Renders the policy of one use of this template. */
    public Rendering render(TemplateUse use, TemplateContext context) {
        if (!problems.isEmpty()) {
            return new Rendering.Refused("template " + name + " is invalid: " + String.join("; ", problems));
        }
        TreeMap<String, String> values = new TreeMap<>(effectiveValues(use.parameters()));
        List<String> found = new ArrayList<>(valueProblems(values));
        Set<String> used = used(texts);
        for (BuiltIn builtIn : BuiltIn.values()) {
            if (used.contains(builtIn.placeholder())) {
                builtIn.problemIn(context)
                        .ifPresent(problem ->
                                found.add("template " + name + " uses {{" + builtIn.placeholder() + "}}, " + problem));
                builtIn.valueIn(context).ifPresent(value -> values.put(builtIn.placeholder(), value));
            }
        }
        if (found.isEmpty()) {
            found.addAll(emptyTexts(values));
        }
        return found.isEmpty()
                ? new Rendering.Rendered(TemplateText.render(document, values))
                : new Rendering.Refused(String.join("; ", found));
    }

    private List<String> valueProblems(SortedMap<String, String> values) {
        List<String> found = new ArrayList<>();
        rules.forEach((parameter, rule) -> Optional.ofNullable(values.get(parameter))
                .map(rule::problemOf)
                .orElse(Optional.of("has no value and no default; set it"))
                .ifPresent(problem -> found.add("template " + name + ": " + parameter + " " + problem)));
        values.keySet().stream()
                .filter(given -> !rules.containsKey(given))
                .map(given -> "template " + name + " has no parameter " + QuotedValue.of(given) + "; "
                        + (rules.isEmpty() ? "remove it" : "use " + String.join(", ", rules.keySet())))
                .forEach(found::add);
        return found;
    }

    /** IAM rejects an empty resource, and an empty condition value is a mistake. */
    private List<String> emptyTexts(SortedMap<String, String> values) {
        return texts.stream()
                .filter(text -> !text.text().isEmpty()
                        && TemplateText.render(text.text(), values).isEmpty())
                .map(text -> text.path() + " of template " + name + " is empty with these values; set "
                        + String.join(", ", text.names()))
                .toList();
    }
}
