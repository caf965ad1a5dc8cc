package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.core.template.TemplateContext;
import dev.irsa.fixtures.template.Templates;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplatePoliciesTest {
    private static final TemplateContext CONTEXT =
            new TemplateContext("aws", "111122223333", Optional.of("eu-west-1"), "prod", "payments", "invoices");
    private static final Map<String, PolicyTemplate> TEMPLATES = Map.of(
            "s3-read", PolicyTemplate.of("s3-read", 7, Templates.S3_READ),
            "broken", PolicyTemplate.of("broken", 1, Templates.spec("""
                    document:
                      Version: '2012-10-17'
                      Statement: [{Effect: Allow, Action: ['s3:*'], Resource: ['{{unknown}}']}]
                    """)));
    private static final TemplateUse READ = use("s3-read", null);

    @Test
    void rendersEachUse() {
        TemplatePolicies policies = of(READ, use("s3-read", "again"));

        assertThat(policies.inline()).containsOnlyKeys("s3-read", "again");
        assertThat(policies.inline().values())
                .allMatch(document -> document.text().contains("invoices-bucket"));
        assertThat(policies.applied()).containsExactly(new AppliedTemplate("s3-read", 7));
        assertThat(policies.freeze()).isEmpty();
    }

    @Test
    void addsNothingWithoutUses() {
        assertThat(of()).isEqualTo(TemplatePolicies.NONE);
    }

    @Test
    void freezesIfTemplateDoesNotExist() {
        TemplatePolicies policies = of(use("gone", null), READ);

        assertThat(reason(policies)).isEqualTo(Reason.TemplateNotFound);
        assertThat(policies.inline()).containsOnlyKeys("s3-read");
    }

    @Test
    void freezesIfTemplateIsInvalid() {
        assertThat(reason(of(use("broken", null)))).isEqualTo(Reason.TemplateInvalid);
    }

    @Test
    void reportsTheFirstProblem() {
        assertThat(reason(of(use("gone", null), use("broken", null)))).isEqualTo(Reason.TemplateNotFound);
    }

    @Test
    void isInvalidIfTwoPoliciesHaveOneName() {
        assertThat(reason(of(READ, use("s3-read", "S3-Read")))).isEqualTo(Reason.InvalidSpec);
    }

    @Test
    void isInvalidIfInlinePolicyOfTheSpecHasTheName() {
        TemplatePolicies policies = of(own("S3-READ", 10), READ);

        assertThat(reason(policies)).isEqualTo(Reason.InvalidSpec);
        assertThat(policies.inline()).isEmpty();
    }

    @Test
    void isInvalidIfTemplateRefusesTheValuesOfOneOfTheUses() {
        assertThat(reason(of(use("gone", null), new TemplateUse("s3-read", null, Map.of()))))
                .isEqualTo(Reason.InvalidSpec);
    }

    @Test
    void isInvalidIfTemplateRefusesTheValues() {
        assertThat(reason(of(new TemplateUse("s3-read", null, Map.of())))).isEqualTo(Reason.InvalidSpec);
    }

    @Test
    void countsTheSizeWithThePoliciesOfTheSpec() {
        int rendered = of(READ).inline().firstEntry().getValue().size();

        assertThat(of(own("own", DesiredRole.INLINE_QUOTA - rendered), READ).invalid())
                .isEmpty();
        assertThat(reason(of(own("own", DesiredRole.INLINE_QUOTA - rendered + 1), READ)))
                .isEqualTo(Reason.InvalidSpec);
    }

    private static Reason reason(TemplatePolicies policies) {
        return policies.invalid()
                .<Failure>map(invalid -> invalid)
                .or(policies::freeze)
                .map(Failure::reason)
                .orElseThrow();
    }

    private static TemplateUse use(String template, @Nullable String policyName) {
        return new TemplateUse(template, policyName, Map.of("bucket", "invoices-bucket"));
    }

    /** Returns an inline policy of this size. */
    private static SortedMap<String, PolicyDocument> own(String name, int size) {
        String empty = "{\"Id\":\"\"}";
        return new TreeMap<>(Map.of(
                name, PolicyDocument.parse("{\"Id\":\"" + "x".repeat(Math.max(0, size - empty.length())) + "\"}")));
    }

    private static TemplatePolicies of(TemplateUse... uses) {
        return of(new TreeMap<>(), uses);
    }

    private static TemplatePolicies of(SortedMap<String, PolicyDocument> own, TemplateUse... uses) {
        List<TemplateUse> all = Arrays.asList(uses);
        return TemplatePolicies.of(all, TEMPLATES, CONTEXT, own);
    }
}
