package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.TemplateLimit;
import dev.irsa.api.v1beta1.TemplateLimit.ParameterLimit;
import dev.irsa.core.entitlement.EntitlementRequest.TemplateRequest;
import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.fixtures.policy.HardQuestion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLimitsTest {
    private static List<String> objections(List<TemplateLimit> limits, TemplateRequest... requests) {
        return new TemplateLimits(limits).objections(List.of(requests));
    }

    private static TemplateLimit limit(String template, Map<String, List<String>> parameters) {
        return new TemplateLimit(
                template,
                new TreeMap<>(parameters)
                        .entrySet().stream()
                                .map(parameter -> new ParameterLimit(parameter.getKey(), parameter.getValue()))
                                .toList());
    }

    private static TemplateRequest request(String template, Map<String, String> values) {
        return request(template, values, Map.of());
    }

    private static TemplateRequest request(String template, Map<String, String> given, Map<String, String> defaults) {
        TreeMap<String, String> values = new TreeMap<>(defaults);
        values.putAll(given);
        return new TemplateRequest(template, values, new TreeSet<>(given.keySet()), true);
    }

    private static List<String> objectionsTo(String value, String... globs) {
        return objections(
                List.of(limit("s3-read", Map.of("bucket", List.of(globs)))),
                request("s3-read", Map.of("bucket", value)));
    }

    @Test
    void allowsNothingByDefault() {
        assertThat(objections(List.of(), request("s3-read", Map.of())))
                .containsExactly("template s3-read is not in allow.templates; allowed: none");
        assertThat(objections(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"s3-read", "s3-rea", "s3-read2", "S3-read", "'s3-*'", "'*'"})
    void comparesExactNames(String listed) {
        List<String> objections = objections(List.of(limit(listed, Map.of())), request("s3-read", Map.of()));

        assertThat(objections.isEmpty()).isEqualTo(listed.equals("s3-read"));
    }

    @Test
    void refusesParametersThatAreSetAndNotListed() {
        List<TemplateLimit> limits = List.of(limit("s3-read", Map.of("bucket", List.of("payments-*"))));

        assertThat(objections(limits, request("s3-read", Map.of("bucket", "payments-a", "prefix", "anything"))))
                .containsExactly("template s3-read: parameter prefix may not be set here; allowed: bucket");
        assertThat(objections(
                        limits, request("s3-read", Map.of("bucket", "payments-a", "prefix", ""), Map.of("prefix", ""))))
                .as("set to its default")
                .containsExactly("template s3-read: parameter prefix may not be set here; allowed: bucket");
    }

    @Test
    void allowsTheDefaultOfParametersThatAreNotListed() {
        assertThat(objections(
                        List.of(limit("s3-read", Map.of("bucket", List.of("payments-*")))),
                        request("s3-read", Map.of("bucket", "payments-a"), Map.of("prefix", ""))))
                .isEmpty();
        assertThat(objections(
                        List.of(limit("s3-read", Map.of())), request("s3-read", Map.of(), Map.of("bucket", "shared"))))
                .isEmpty();
    }

    @Test
    void limitsTheDefaultOfListedParameters() {
        assertThat(objections(
                        List.of(limit("s3-read", Map.of("bucket", List.of("payments-*")))),
                        request("s3-read", Map.of(), Map.of("bucket", "shared"))))
                .containsExactly("template s3-read: bucket \"shared\" is not allowed here; allowed: payments-*");
    }

    @Test
    void allowsEveryValueWithASingleStar() {
        assertThat(objectionsTo("", "*")).isEmpty();
        assertThat(objectionsTo("a*/b?", "*")).isEmpty();
    }

    @Test
    void limitsValues() {
        assertThat(objectionsTo("payments-a", "payments-*")).isEmpty();
        assertThat(objectionsTo("b", "a", "b")).isEmpty();
        assertThat(objectionsTo("invoices", "payments-*"))
                .containsExactly("template s3-read: bucket \"invoices\" is not allowed here; allowed: payments-*");
        assertThat(objectionsTo("Payments-a", "payments-*", "x"))
                .containsExactly("template s3-read: bucket \"Payments-a\" is not allowed here; allowed: payments-*, x");
        assertThat(objectionsTo("", "a*"))
                .containsExactly("template s3-read: bucket \"\" is not allowed here; allowed: a*");
    }

    @Test
    void comparesValuesWithWildcardsByInclusion() {
        assertThat(objectionsTo("payments-*", "payments-*")).isEmpty();
        assertThat(objectionsTo("payments-?", "payments-*")).isEmpty();
        assertThat(objectionsTo("a?", "a", "a*")).isEmpty();
        assertThat(objectionsTo("payments-*", "payments-?"))
                .containsExactly("template s3-read: bucket \"payments-*\" includes \"payments-\", which is not"
                        + " allowed here; allowed: payments-?");
        assertThat(objectionsTo("*", "a"))
                .containsExactly("template s3-read: bucket \"*\" includes the empty value, which is"
                        + " not allowed here; allowed: a");
    }

    @Test
    void requiresValueOfListedParameter() {
        assertThat(objections(
                        List.of(limit("s3-read", Map.of("bucket", List.of("*"), "renamed", List.of("a")))),
                        request("s3-read", Map.of("bucket", "x"))))
                .containsExactly("template s3-read: renamed has no value; allowed: a");
    }

    @Test
    void objectsToEachUse() {
        assertThat(objections(
                        List.of(limit("s3-read", Map.of("bucket", List.of("a")))),
                        request("s3-read", Map.of("bucket", "a")),
                        request("sqs-send", Map.of()),
                        request("s3-read", Map.of("bucket", "b"))))
                .containsExactly(
                        "template sqs-send is not in allow.templates; allowed: s3-read",
                        "template s3-read: bucket \"b\" is not allowed here; allowed: a");
    }

    @Test
    void deniesWhatIsTooComplex() {
        String pattern = HardQuestion.pattern(20);

        assertThat(objectionsTo(pattern, HardQuestion.union(20).toArray(String[]::new)))
                .containsExactly("template s3-read: bucket \"" + pattern
                        + "\" is too complex to compare with allow.templates; use fewer wildcards");
    }

    @Test
    void sharesEffortAmongUses() {
        List<TemplateLimit> limits =
                List.of(limit("hard", Map.of("a", HardQuestion.union(20))), limit("easy", Map.of("a", List.of("x*"))));

        assertThat(objections(
                        limits,
                        request("hard", Map.of("a", HardQuestion.pattern(20))),
                        request("easy", Map.of("a", "xy"))))
                .hasSize(2);
        assertThat(objections(limits, request("easy", Map.of("a", "xy")))).isEmpty();
    }

    @Test
    void isPartOfEntitlement() {
        Entitlement entitlement = Platform.entitlement(
                "team",
                "{allow: {templates: [{name: s3-read, parameters: [{name: bucket, values: ['payments-*']}]}],"
                        + " inlineActions: []}}");

        assertThat(entitlement.objections(
                        Platform.request(
                                "{policies: {templates: [{name: s3-read, parameters: {bucket: payments-a}}]}}"),
                        Platform.UNLABELED))
                .isEmpty();
        assertThat(entitlement.objections(
                        Platform.request(
                                "{policies: {templates: [{name: s3-read, parameters: {bucket: b}}, {name: s3-admin}]}}"),
                        Platform.UNLABELED))
                .containsExactly(
                        "template s3-read: bucket \"b\" is not allowed here; allowed: payments-*",
                        "template s3-admin is not in allow.templates; allowed: s3-read");
    }
}
