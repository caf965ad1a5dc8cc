package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.core.template.Rendering;
import dev.irsa.core.template.TemplateContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the policy templates of a spec add to its role.
 *
 * @param inline the rendered policies by name
 * @param applied the templates that are rendered here, by name
 * @param invalid what the user of the templates got wrong, so that the spec is invalid
 * @param freeze what a platform engineer got wrong, so that not all templates can be rendered. The role is then left as it is,
 *     because removing some policies would break what works
 */
public record TemplatePolicies(
        SortedMap<String, PolicyDocument> inline,
        List<AppliedTemplate> applied,
        Optional<InvalidSpec> invalid,
        Optional<Failure> freeze) {
    /** A spec without templates. */
    public static final TemplatePolicies NONE =
            new TemplatePolicies(new TreeMap<>(), List.of(), Optional.empty(), Optional.empty());

    private static final String FIELD = "spec.policies.templates";

    public TemplatePolicies {
        inline = Sorted.copyOf(inline);
        applied = List.copyOf(applied);
    }

    /**
     * Renders the templates that a spec uses.
     *
     * @param templates all templates of the cluster, by name
     * @param own the inline policies of the spec
     */
    public static TemplatePolicies of(
            List<TemplateUse> uses,
            Map<String, PolicyTemplate> templates,
            TemplateContext context,
            SortedMap<String, PolicyDocument> own) {
        TreeMap<String, PolicyDocument> inline = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        inline.putAll(own);
        TreeMap<String, Long> applied = new TreeMap<>();
        Optional<InvalidSpec> invalid = Optional.empty();
        Optional<Failure> freeze = Optional.empty();
        for (TemplateUse use : uses) {
            Optional<PolicyTemplate> template = Optional.ofNullable(templates.get(use.name()));
            template.ifPresent(known -> applied.put(known.name(), known.generation()));
            Optional<Failure> problem = problem(use, template);
            Optional<InvalidSpec> refusal =
                    problem.isPresent() ? Optional.empty() : add(use, template.orElseThrow(), context, inline);
            freeze = freeze.or(() -> problem);
            invalid = invalid.or(() -> refusal);
        }
        inline.keySet().removeAll(own.keySet());
        return new TemplatePolicies(
                new TreeMap<>(inline),
                applied.entrySet().stream()
                        .map(template -> new AppliedTemplate(template.getKey(), template.getValue()))
                        .toList(),
                invalid.or(() -> sizeProblem(own, inline)),
                freeze);
    }

    private static Optional<Failure> problem(TemplateUse use, Optional<PolicyTemplate> template) {
        if (template.isEmpty()) {
            return Optional.of(Failure.templateNotFound(use.name()));
        }
        List<String> problems = template.get().problems();
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(Failure.templateInvalid(use.name(), String.join("; ", problems)));
    }

    private static Optional<InvalidSpec> add(
            TemplateUse use,
            PolicyTemplate template,
            TemplateContext context,
            SortedMap<String, PolicyDocument> inline) {
        String field = FIELD + "[" + use.effectivePolicyName() + "]";
        if (inline.containsKey(use.effectivePolicyName())) {
            // The schema refuses it, but a stored resource may predate the schema.
            return Optional.of(new InvalidSpec(
                    field, "another policy has this name, or one that differs only in case; set another policyName"));
        }
        return switch (template.render(use, context)) {
            case Rendering.Rendered(var document) -> {
                inline.put(use.effectivePolicyName(), PolicyDocument.of(document));
                yield Optional.empty();
            }
            case Rendering.Refused(String problem) -> Optional.of(new InvalidSpec(field, problem));
        };
    }

    private static Optional<InvalidSpec> sizeProblem(
            SortedMap<String, PolicyDocument> own, SortedMap<String, PolicyDocument> rendered) {
        int size = size(own) + size(rendered);
        return size <= DesiredRole.INLINE_QUOTA
                ? Optional.empty()
                : Optional.of(new InvalidSpec(
                        "spec.policies",
                        "the inline policies and the rendered templates have " + size + " characters in total, but IAM"
                                + " accepts at most " + DesiredRole.INLINE_QUOTA + "; use fewer templates, or move a"
                                + " policy into a managed policy"));
    }

    private static int size(SortedMap<String, PolicyDocument> policies) {
        return policies.values().stream().mapToInt(PolicyDocument::size).sum();
    }
}
