package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.IamPolicyTemplateSpec;
import dev.irsa.api.v1beta1.TemplateParameter;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.fixtures.template.HostileValue;
import dev.irsa.fixtures.template.HostileValues;
import dev.irsa.fixtures.template.TemplateForm;
import dev.irsa.fixtures.template.Templates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Generates templates with placeholders in any place. Most are refused; the others must hold for all values. */
class TemplatePropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final TemplateContext CONTEXT =
            new TemplateContext("aws", "111122223333", Optional.of("eu-west-1"), "prod", "a", "b");

    private static final List<String> LITERALS = List.of(
            "",
            "",
            "arn:aws:s3:::",
            "arn:aws:sqs:eu-west-1:1:",
            "x",
            "-",
            "/",
            "*",
            "?",
            ":",
            "$",
            "{",
            "}",
            "${aws:username}",
            "_",
            "/x-",
            "${x");

    @Provide
    Arbitrary<TemplateForm> templates() {
        Arbitrary<String> plain = Arbitraries.of("x", "arn:aws:s3:::b/*", "*");
        Arbitrary<String> literal = Arbitraries.of(LITERALS);
        Arbitrary<String> placeholder = Arbitraries.of("{{p}}", "{{p}}", "{{q}}", "{{namespace}}", "{{account}}");
        Arbitrary<String> text = Combinators.combine(literal, placeholder, literal, placeholder.optional(0.4), literal)
                .as((first, one, between, other, last) -> first + one + between + other.orElse("") + last);
        Arbitrary<String> mostlyPlain = Arbitraries.frequencyOf(Tuple.of(9, plain), Tuple.of(1, text));
        Arbitrary<ObjectNode> statements = Combinators.combine(
                        Arbitraries.of("Allow", "Allow", "Allow", "Deny"),
                        mostlyPlain,
                        text,
                        Arbitraries.of("StringEquals", "ForAnyValue:StringLike", "StringNotEquals", "Null"),
                        mostlyPlain,
                        text.optional(0.3))
                .as((effect, action, resource, operator, key, value) -> {
                    ObjectNode statement =
                            JSON.objectNode().put("Effect", effect).put("Action", action);
                    statement.putArray("Resource").add(resource).add("fixed");
                    value.ifPresent(condition ->
                            statement.putObject("Condition").putObject(operator).put(key, condition));
                    return statement;
                });
        return Combinators.combine(statements, parameter("p"), parameter("q")).as((statement, p, q) -> {
            String all = statement.toString();
            ObjectNode document = JSON.objectNode().put("Version", "2012-10-17");
            document.putArray("Statement").add(statement);
            List<TemplateParameter> used = List.of(p, q).stream()
                    .filter(parameter -> all.contains("{{" + parameter.name() + "}}"))
                    .toList();
            return new TemplateForm("generated", new IamPolicyTemplateSpec("", used, document));
        });
    }

    private static Arbitrary<TemplateParameter> parameter(String name) {
        return Combinators.combine(Arbitraries.of(TemplateParameter.Type.class), Arbitraries.of(true, false))
                .as((type, wildcards) -> new TemplateParameter(name, "(?s).*", null, "", type, wildcards));
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> letters =
                Arbitraries.strings().withChars("ab*?:/-_.$").ofMaxLength(6);
        Arbitrary<String> hostile = Arbitraries.of(HostileValues.all()).map(HostileValue::text);
        return Arbitraries.oneOf(letters, hostile, Arbitraries.strings().ofMaxLength(4), Arbitraries.of("x", "a/b"));
    }

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    void renderedPolicyIsWithinTemplate(
            @ForAll("templates") TemplateForm form, @ForAll("values") String p, @ForAll("values") String q) {
        PolicyTemplate template = PolicyTemplate.of("generated", 1, form.spec());
        Map<String, String> values = new TreeMap<>(Map.of("p", p, "q", q));
        values.keySet()
                .removeIf(name -> form.spec().parameters().stream()
                        .noneMatch(parameter -> parameter.name().equals(name)));

        Rendering rendering = template.render(new TemplateUse("generated", null, values), CONTEXT);

        boolean isRendered = rendering instanceof Rendering.Rendered;
        boolean hasParameter = !form.spec().parameters().isEmpty();
        Statistics.label("template with parameter is valid")
                .collect(hasParameter && template.problems().isEmpty())
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 5));
        Statistics.label("rendered with parameter")
                .collect(hasParameter && isRendered)
                .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 2));
        if (rendering instanceof Rendering.Rendered(var document)) {
            assertThat(template.problems()).isEmpty();
            assertThat(form.excess(document)).isEmpty();
            assertThat(document.toString()).doesNotContain("{{");
        }
    }

    @Property(tries = 1_000)
    void replacesOnlyStrings(@ForAll("values") String value) {
        TemplateForm form = Templates.withoutPattern().getFirst();
        Rendering rendering = PolicyTemplate.of("t", 1, form.spec())
                .render(new TemplateUse("t", null, Map.of("value", value)), CONTEXT);

        if (rendering instanceof Rendering.Rendered(var document)) {
            assertThat(document.toString())
                    .isEqualTo(form.spec().document().toString().replace("{{value}}", value));
        }
    }
}
