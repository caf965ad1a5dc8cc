package dev.irsa.core.entitlement;

import dev.irsa.api.v1beta1.TemplateLimit;
import dev.irsa.core.entitlement.EntitlementRequest.TemplateRequest;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.GlobUnion;
import dev.irsa.core.policy.GlobUnion.InclusionResult;
import dev.irsa.core.policy.SearchBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The templates that an entitlement allows, by exact name, and the values that their parameters may have. */
final class TemplateLimits {
    private final Map<String, SortedMap<String, Values>> byTemplate = new TreeMap<>();

    /**
     * The values that a parameter may have.
     *
     * @param globs as listed in the entitlement
     */
    private record Values(List<String> globs, GlobUnion union) {
        static Values of(List<String> globs) {
            return new Values(globs, GlobUnion.of(globs.stream().map(Glob::of).toList()));
        }
    }

    TemplateLimits(List<TemplateLimit> limits) {
        for (TemplateLimit limit : limits) {
            TreeMap<String, Values> parameters = new TreeMap<>();
            limit.parameters().forEach(parameter -> parameters.put(parameter.name(), Values.of(parameter.values())));
            byTemplate.put(limit.name(), parameters);
        }
    }

    /** Returns the objections to these uses of templates, each to be read after "because". */
    List<String> objections(List<TemplateRequest> requests) {
        // All values share one budget, because a resource may have hundreds of them.
        SearchBudget effort = SearchBudget.forOneRole();
        List<String> objections = new ArrayList<>();
        for (TemplateRequest request : requests) {
            SortedMap<String, Values> limits = byTemplate.get(request.template());
            if (limits == null) {
                objections.add("template " + request.template() + " is not in allow.templates; allowed: "
                        + orNone(byTemplate.keySet()));
                continue;
            }
            request.given().stream()
                    .filter(parameter -> !limits.containsKey(parameter))
                    .forEach(parameter -> objections.add("template " + request.template() + ": parameter " + parameter
                            + " may not be set here; allowed: " + orNone(limits.keySet())));
            limits.forEach((parameter, allowed) -> excess(request, parameter, allowed, effort)
                    .ifPresent(excess ->
                            objections.add("template " + request.template() + ": " + parameter + " " + excess)));
        }
        return objections;
    }

    private static String orNone(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /**
     * Returns how a value exceeds its limit. A limited parameter must have a value: otherwise a limit would have no effect after
     * its parameter was renamed in the template. A template that does not exist renders nothing, and its default may be the
     * value.
     */
    private static Optional<String> excess(
            TemplateRequest request, String parameter, Values allowed, SearchBudget effort) {
        String value = request.values().get(parameter);
        String limit = "; allowed: " + String.join(", ", allowed.globs());
        if (value == null) {
            return request.exists() ? Optional.of("has no value" + limit) : Optional.empty();
        }
        String described = "\"" + value + "\"";
        return switch (allowed.union().inclusionOf(Glob.of(value), effort)) {
            case InclusionResult.Within() -> Optional.empty();
            case InclusionResult.Outside(String witness)
            when witness.equals(value) -> Optional.of(described + " is not allowed here" + limit);
            case InclusionResult.Outside(String witness) ->
                Optional.of(described + " includes "
                        + (witness.isEmpty() ? "the empty value" : "\"" + witness + "\"")
                        + ", which is not allowed here" + limit);
            case InclusionResult.Undecided() ->
                Optional.of(described + " is too complex to compare with allow.templates; use fewer wildcards");
        };
    }
}
