package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.fixtures.template.HostileValue;
import dev.irsa.fixtures.template.HostileValues;
import dev.irsa.fixtures.template.TemplateForm;
import dev.irsa.fixtures.template.Templates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value is refused, or the policy stays within the template, whatever its author accepts as a pattern. */
class HostileTemplateValuesTest {
    private static final TemplateContext CONTEXT =
            new TemplateContext("aws", "111122223333", Optional.of("eu-west-1"), "prod", "payments", "invoices");

    static List<HostileValue> values() {
        return HostileValues.all();
    }

    private static Rendering render(TemplateForm form, String value) {
        PolicyTemplate template = PolicyTemplate.of("hostile", 1, form.spec());
        assertThat(template.problems()).isEmpty();
        return template.render(new TemplateUse("hostile", null, Map.of("value", value)), CONTEXT);
    }

    @ParameterizedTest
    @MethodSource("values")
    void isRefusedOrStaysWithinTemplate(HostileValue value) {
        for (TemplateForm form : Templates.withoutPattern()) {
            switch (render(form, value.text())) {
                case Rendering.Refused(String problem) -> assertThat(problem).contains("hostile");
                case Rendering.Rendered(var document) ->
                    assertThat(form.excess(document)).as(form.name()).isEmpty();
            }
        }
    }

    @Test
    void valuesAreManyAndHaveUniqueNames() {
        assertThat(values())
                .hasSizeGreaterThan(340)
                .extracting(HostileValue::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void someValuesAreRenderedAndMostAreRefused() {
        for (TemplateForm form : Templates.withoutPattern()) {
            long refused = Stream.of(values())
                    .flatMap(List::stream)
                    .filter(value -> render(form, value.text()) instanceof Rendering.Refused)
                    .count();
            assertThat(refused).as(form.name()).isBetween(170L, 300L);
        }
    }

    @Test
    void formNoticesEveryKindOfExcess() {
        TemplateForm form = Templates.withoutPattern().getFirst();
        String valid = form.spec().document().toString().replace("{{value}}", "x");

        assertThat(List.of(
                        valid.replace("-x-", "-*-"),
                        valid.replace("a-x-z", "payroll"),
                        valid.replace("-x-", "-${aws:username}-"),
                        valid.replace("-x-", "-:-"),
                        valid.replace("-x-", "-\u00E9-"),
                        valid.replace("\"arn:aws:s3:::fixed\"", "\"arn:aws:s3:::fixed\",\"*\""),
                        valid.replace("Deny", "Allow"),
                        valid.replace("\"Sid\":\"A\",", ""),
                        valid.replace("arn:aws:s3:::a-", "arn:aws:s3::1:a-"),
                        valid.replace("arn:aws:s3:::secret", "arn:aws:s3:::other")))
                .allSatisfy(
                        changed -> assertThat(form.excess(Specs.json(changed))).isNotEmpty());
        assertThat(form.excess(Specs.json(valid))).isEmpty();
    }
}
