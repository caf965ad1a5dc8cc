package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamPolicyTemplateSpec;
import dev.irsa.api.v1beta1.TemplateParameter;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.fixtures.template.Templates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTemplateTest {
    private static final PolicyTemplate S3_READ = PolicyTemplate.of("s3-read", 7, Templates.S3_READ);
    private static final TemplateContext CONTEXT = new TemplateContext(
            "aws-cn", "111122223333", Optional.of("cn-north-1"), "prod.v2_x", "payments", "invoices.v1");

    private static Rendering render(PolicyTemplate template, Map<String, String> values) {
        return template.render(new TemplateUse(template.name(), null, values), CONTEXT);
    }

    private static String document(PolicyTemplate template, Map<String, String> values) {
        return switch (render(template, values)) {
            case Rendering.Rendered(var document) -> document.toString();
            case Rendering.Refused(String problem) -> throw new AssertionError(problem);
        };
    }

    private static String refusal(PolicyTemplate template, Map<String, String> values) {
        return switch (render(template, values)) {
            case Rendering.Rendered(var document) -> throw new AssertionError(document.toString());
            case Rendering.Refused(String problem) -> problem;
        };
    }

    private static PolicyTemplate resource(String parameters, String resource) {
        return Specs.template(parameters, "{Effect: Allow, Action: '*', Resource: " + resource + "}");
    }

    @Test
    void hasNameAndGeneration() {
        assertThat(S3_READ.name()).isEqualTo("s3-read");
        assertThat(S3_READ.generation()).isEqualTo(7);
        assertThat(S3_READ.problems()).isEmpty();
    }

    @Test
    void rendersValuesAndDefaults() {
        assertThat(document(S3_READ, Map.of("bucket", "invoices")))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                        + "[\"s3:GetObject\"],\"Resource\":[\"arn:aws-cn:s3:::invoices/*\"]}]}");
        assertThat(document(S3_READ, Map.of("bucket", "invoices", "prefix", "2026/")))
                .contains("[\"arn:aws-cn:s3:::invoices/2026/*\"]");
    }

    @Test
    void rendersWhatOperatorProvides() {
        assertThat(document(
                        resource(
                                "",
                                "['arn:{{partition}}:sqs:{{region}}:{{account}}:{{namespace}}_{{serviceAccount}}',"
                                        + " '{{cluster}}']"),
                        Map.of()))
                .contains("[\"arn:aws-cn:sqs:cn-north-1:111122223333:payments_invoices.v1\",\"prod.v2_x\"]");
    }

    @Test
    void rendersRegardlessOfMeaningOfValueInReplacement() {
        assertThat(document(resource("{name: a, pattern: '.*'}", "'x/{{a}}/{{a}}'"), Map.of("a", "a%1/&<>")))
                .contains("\"x/a%1/&<>/a%1/&<>\"");
    }

    @Test
    void changesNothingButStrings() {
        PolicyTemplate template = Specs.template("{name: a, pattern: '.*'}", """
                {Sid: S, Effect: Allow, NotAction: [x, 'y'], Resource: 'z/{{a}}', Condition: {Bool: {k: [true, 1.5, 'x']},
                 StringLike: {l: '{{a}}'}}}, {Effect: Deny, Action: '*', NotResource: '${aws:username}'}
                """);

        assertThat(document(template, Map.of("a", "v")))
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"S\",\"Effect\":\"Allow\",\"NotAction\":"
                                + "[\"x\",\"y\"],\"Resource\":\"z/v\",\"Condition\":{\"Bool\":{\"k\":[true,1.5,\"x\"]},"
                                + "\"StringLike\":{\"l\":\"v\"}}},{\"Effect\":\"Deny\",\"Action\":\"*\",\"NotResource\":"
                                + "\"${aws:username}\"}]}");
    }

    @Test
    void rendersIndependentDocuments() {
        Map<String, String> values = Map.of("bucket", "invoices");
        String before = document(S3_READ, values);
        if (render(S3_READ, values) instanceof Rendering.Rendered(var document)) {
            document.putArray("Statement");
        }

        assertThat(document(S3_READ, values)).isEqualTo(before);
    }

    @Test
    void refusesInvalidValues() {
        assertThat(refusal(S3_READ, Map.of("bucket", "Invoices", "prefix", "*")))
                .isEqualTo("template s3-read: bucket is \"Invoices\"; it must match the pattern"
                        + " [a-z0-9][a-z0-9.-]{1,61}[a-z0-9]; choose another value; template s3-read: prefix"
                        + " is \"*\"; this parameter does not allow the wildcards * and ?; write the exact value");
    }

    @Test
    void refusesMissingValues() {
        assertThat(refusal(S3_READ, Map.of()))
                .isEqualTo("template s3-read: bucket has no value and no default; set it");
    }

    @Test
    void refusesUnknownParameters() {
        assertThat(refusal(S3_READ, Map.of("bucket", "invoices", "bukket", "x")))
                .isEqualTo("template s3-read has no parameter \"bukket\"; use bucket, prefix");
        assertThat(refusal(resource("", "'{{cluster}}'"), Map.of("a", "x")))
                .isEqualTo("template t has no parameter \"a\"; remove it");
    }

    @ParameterizedTest
    @CsvSource({"partition", "account", "region", "cluster", "namespace", "serviceAccount"})
    void refusesValuesForWhatOperatorProvides(String name) {
        assertThat(refusal(resource("", "'{{" + name + "}}'"), Map.of(name, "x")))
                .isEqualTo("template t has no parameter \"" + name + "\"; remove it");
    }

    @Test
    void refusesUnknownRegionOnlyIfTemplateUsesIt() {
        TemplateContext unknown = new TemplateContext("aws", "1", Optional.empty(), "c", "n", "s");
        TemplateUse none = new TemplateUse("t", null, Map.of());

        assertThat(resource("", "'x:{{region}}'").render(none, unknown))
                .isEqualTo(new Rendering.Refused(
                        "template t uses {{region}}, but the region is unknown; set --region of the operator"));
        assertThat(resource("", "'x:{{account}}'").render(none, unknown)).isInstanceOf(Rendering.Rendered.class);
    }

    @ParameterizedTest
    @CsvSource({"'a*'", "''", "'${x}'", "'a:b'", "'a/b'", "'a b'", "'\u00E9'", "'a\n'"})
    void refusesUnexpectedValuesOfOperator(String namespace) {
        TemplateContext context = new TemplateContext("aws", "1", Optional.empty(), "c", namespace, "s");
        TemplateUse none = new TemplateUse("t", null, Map.of());

        assertThat(resource("", "'x/{{namespace}}'").render(none, context))
                .isEqualTo(
                        new Rendering.Refused("template t uses {{namespace}}, but the namespace has a character other"
                                + " than letters, digits, '.', '_' and '-'; use a parameter instead"));
    }

    @Test
    void refusesTextsThatBecomeEmpty() {
        PolicyTemplate template = resource(
                "{name: a, pattern: '.*', default: ''}, {name: b, pattern: '.*', default: x}",
                "['{{a}}', 'x{{b}}', '']");

        assertThat(refusal(template, Map.of()))
                .isEqualTo("Statement[0].Resource[0] of template t is empty with these values; set a");
        assertThat(document(template, Map.of("a", "y", "b", ""))).contains("[\"y\",\"x\",\"\"]");
    }

    @Test
    void returnsEffectiveValues() {
        assertThat(S3_READ.effectiveValues(Map.of())).isEqualTo(Map.of("prefix", ""));
        assertThat(S3_READ.effectiveValues(Map.of("bucket", "b", "prefix", "p", "x", "y")))
                .isEqualTo(Map.of("bucket", "b", "prefix", "p", "x", "y"));
        assertThat(PolicyTemplate.of("t", 1, Templates.spec("""
                        parameters: [{name: a, pattern: '(', default: b}]
                        document: {}
                        """)).effectiveValues(Map.of("c", "d")))
                .isEqualTo(Map.of("a", "b", "c", "d"));
    }

    @Test
    void rendersNothingIfItIsInvalid() {
        PolicyTemplate invalid = resource("{name: a, pattern: '('}", "'{{a}}/{{b}}'");

        assertThat(invalid.problems()).hasSize(2);
        assertThat(refusal(invalid, Map.of("a", "x")))
                .isEqualTo("template t is invalid: " + String.join("; ", invalid.problems()));
    }

    @Test
    void reportsProblemsOfGrammarAndOfParameters() {
        assertThat(PolicyTemplate.of("t", 1, Templates.spec("""
                        parameters: [{name: a, pattern: '('}]
                        document: {Version: '2012-10-17', Statement: {Effect: Permit, Action: x, Resource: '{{x}}'}}
                        """)).problems())
                .containsExactly(
                        "document: Statement.Effect is \"Permit\"; it must be Allow or Deny",
                        "parameter a: pattern \"(\" is not a regular expression in RE2 syntax (missing closing ));"
                                + " correct it");
    }

    @Test
    void reportsUnusedParameters() {
        assertThat(resource("{name: a, pattern: x}, {name: b, pattern: x}", "'{{b}}'")
                        .problems())
                .containsExactly("parameter a: the document does not use it; remove it or use {{a}}");
    }

    @Test
    void reportsDocumentThatIsTooLarge() {
        IamPolicyTemplateSpec large = Templates.spec("document: {Id: '" + "x".repeat(200_000) + "'}");

        assertThat(PolicyTemplate.of("t", 1, large).problems())
                .containsExactly("document: it is larger or more deeply nested than IAM accepts; split the template");
    }

    @Test
    void acceptsTemplateWithoutParameters() {
        IamPolicyTemplateSpec spec = new IamPolicyTemplateSpec(
                "",
                List.<TemplateParameter>of(),
                Templates.spec("document: {Version: '2012-10-17', Statement: {Effect: Deny, Action: x, Resource: y}}")
                        .document());

        assertThat(document(PolicyTemplate.of("t", 1, spec), Map.of())).contains("\"Effect\":\"Deny\"");
    }
}
