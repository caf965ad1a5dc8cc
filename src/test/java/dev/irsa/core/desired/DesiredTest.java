package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.fixtures.plan.SampleCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DesiredTest {
    private static final ClusterIdentity CLUSTER = SampleCluster.of(
            "prod",
            "cluster-id",
            new Issuer("https://oidc.example.com/id/1"),
            new AwsAccount("aws", "111122223333", "irsa-operator"),
            "/irsa/prod/");

    @Provide
    Arbitrary<String> claims() {
        return Arbitraries.strings().withChars("ab-.:/*?$ ").ofMinLength(1).ofMaxLength(12);
    }

    @Property
    void trustsOneServiceAccountAndOneAudienceOrRejectsTheSpec(
            @ForAll("claims") String serviceAccount, @ForAll("claims") String audience) throws JsonProcessingException {
        String spec = "{serviceAccounts: [{name: '" + serviceAccount + "'}], token: {audience: '" + audience + "'}}";
        boolean escapes = (serviceAccount + audience).matches(".*[*?$].*");

        switch (Desired.of("payments", "invoices", read(spec), CLUSTER)) {
            case Desired.Invalid(var failure) -> {
                assertThat(escapes).isTrue();
                assertThat(failure.field()).isIn("spec.serviceAccounts", "spec.token.audience");
            }
            case Desired.External external -> throw new AssertionError(external);
            case Desired.Valid wanted -> {
                assertThat(escapes).isFalse();
                JsonNode trust =
                        new ObjectMapper().readTree(wanted.role().trust().text());
                assertThat(trust.path("Statement")).hasSize(1);
                JsonNode statement = trust.path("Statement").path(0);
                assertThat(statement.path("Condition"))
                        .isEqualTo(new ObjectMapper()
                                .createObjectNode()
                                .set(
                                        "StringEquals",
                                        new ObjectMapper()
                                                .createObjectNode()
                                                .put(
                                                        "oidc.example.com/id/1:sub",
                                                        "system:serviceaccount:payments:" + serviceAccount)
                                                .put("oidc.example.com/id/1:aud", audience)));
                assertThat(trust.toString()).doesNotContain("*", "?", "$");
            }
        }
    }

    @Test
    void returnsIdentityForInvalidPolicies() {
        IamServiceAccountSpec broken = read("{policies: {inline: [{name: a, document: {}}]}}");

        assertThat(Desired.of("payments", "invoices", broken, CLUSTER)).isInstanceOf(Desired.Invalid.class);
        assertThat(Desired.identity("payments", "invoices", broken, CLUSTER).arn())
                .isEqualTo("arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices");
    }

    @Test
    void namesServiceAccountLikeResourceByDefault() {
        assertThat(Desired.serviceAccountNames("invoices", read("{}"))).containsExactly("invoices");
        assertThat(Desired.serviceAccountNames("invoices", read("{serviceAccounts: [{name: worker}, {name: app}]}")))
                .containsExactly("app", "worker");
    }

    private static IamServiceAccountSpec read(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, IamServiceAccountSpec.class);
    }
}
