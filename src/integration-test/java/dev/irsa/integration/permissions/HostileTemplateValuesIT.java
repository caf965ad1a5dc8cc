package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.core.template.Rendering;
import dev.irsa.core.template.TemplateContext;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import dev.irsa.fixtures.template.HostileValue;
import dev.irsa.fixtures.template.HostileValues;
import dev.irsa.fixtures.template.TemplateForm;
import dev.irsa.fixtures.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever hostile value a template accepts, an independent evaluator denies what is outside of the template's form. */
class HostileTemplateValuesIT {
    private static final TemplateContext CONTEXT =
            new TemplateContext("aws", Sample.ACCOUNT, Optional.of("eu-west-1"), "prod", "payments", "invoices");

    /** What the form does not grant, whichever value it gets. */
    private static final Map<String, List<String>> OUTSIDE = new TreeMap<>(Map.of(
            "part of a name",
            List.of(
                    "s3:GetObject arn:aws:s3:::payroll/a",
                    "s3:GetObject arn:aws:s3:::payroll-z/a",
                    "s3:PutObject arn:aws:s3:::a-b-z/a",
                    "s3:GetObject arn:aws:s3:::secret/a"),
            "wildcards",
            List.of("s3:GetObject arn:aws:s3:::payroll/a", "s3:GetObject arn:aws:s3:::b-b-z/a"),
            "behind a variable",
            List.of("s3:GetObject arn:aws:s3:::payroll/a", "s3:GetObject arn:aws:s3:::home/bob/a"),
            "in front of the namespace",
            List.of("s3:GetObject arn:aws:s3:::data/vault/a", "s3:GetObject arn:aws:s3:::secret/a")));

    @Test
    void grantNothingOutsideOfTheForm() {
        Map<String, PolicyDocument> policies = new TreeMap<>();
        List<Attempt> attempts = new ArrayList<>();
        for (TemplateForm form : Templates.withoutPattern()) {
            List<String> outside = OUTSIDE.getOrDefault(form.name(), List.of());
            for (HostileValue value : outside.isEmpty() ? List.<HostileValue>of() : HostileValues.all()) {
                if (render(form, value.text()) instanceof Rendering.Rendered(var document)) {
                    String policy = form.name() + " with " + value.name();
                    policies.put(policy, PolicyDocument.of(document));
                    outside.forEach(request -> attempts.add(attempt(policy, request)));
                }
            }
        }

        assertThat(policies).hasSizeGreaterThan(200);
        assertThat(new PolicyEvaluator(policies).decisions(attempts))
                .hasSameSizeAs(attempts)
                .allSatisfy(
                        (name, decision) -> assertThat(decision).as(name).isIn("ImplicitlyDenied", "ExplicitlyDenied"));
    }

    /** The evaluator allows what a harmless value grants, so that the denials mean something. */
    @Test
    void grantWhatTheFormSays() {
        TemplateForm form = Templates.withoutPattern().getFirst();
        PolicyDocument policy = render(form, "b") instanceof Rendering.Rendered(var document)
                ? PolicyDocument.of(document)
                : PolicyDocument.parse("{}");

        assertThat(new PolicyEvaluator(Map.of("harmless", policy))
                        .decisions(List.of(attempt("harmless", "s3:GetObject arn:aws:s3:::a-b-z/a"))))
                .containsValue("Allowed");
    }

    private static Attempt attempt(String policy, String request) {
        List<String> words = List.of(request.split(" ", 2));
        return Attempt.of(policy + ": " + request, policy, words.getFirst(), words.getLast());
    }

    private static Rendering render(TemplateForm form, String value) {
        return PolicyTemplate.of("hostile", 1, form.spec())
                .render(new TemplateUse("hostile", null, Map.of("value", value)), CONTEXT);
    }
}
