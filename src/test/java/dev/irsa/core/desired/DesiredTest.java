package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.delivery.AnnotationDelivery;
import dev.irsa.core.delivery.CredentialDelivery;
import dev.irsa.core.failure.Failure;
import io.fabric8.kubernetes.client.utils.Serialization;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredTest {
    private static final CredentialDelivery DELIVERY = new AnnotationDelivery();
    private static final ClusterIdentity CLUSTER = new ClusterIdentity(
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
        String spec = "{serviceAccount: {name: '" + serviceAccount + "'}, token: {audience: '" + audience + "'}}";
        boolean escapes = (serviceAccount + audience).matches(".*[*?$].*");

        switch (Desired.of("payments", "invoices", read(spec), CLUSTER, DELIVERY)) {
            case Desired.Invalid(var failure) -> {
                assertThat(escapes).isTrue();
                assertThat(failure.field()).isIn("spec.serviceAccount.name", "spec.token.audience");
            }
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

    @ParameterizedTest
    @ValueSource(strings = {"", "a*", "?", "${aws:username}"})
    void refusesTrustPolicyWithWildcardOrVariable(String claim) {
        assertThatThrownBy(() -> DELIVERY.trustPolicy(CLUSTER, claim, "invoices", "sts.amazonaws.com"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DELIVERY.trustPolicy(CLUSTER, "payments", claim, "sts.amazonaws.com"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DELIVERY.trustPolicy(CLUSTER, "payments", "invoices", claim))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_240, 10_241})
    void rejectsInlinePoliciesOverTheQuota(int characters) {
        int frame =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"\"}}"
                        .length();
        String half = policy("a", 5000 - frame);
        Desired desired = Desired.of(
                "payments",
                "invoices",
                read("{policies: {inline: [" + half + ", " + policy("b", characters - 5000 - frame) + "]}}"),
                CLUSTER,
                DELIVERY);

        if (characters == 10_240) {
            assertThat(desired).isInstanceOf(Desired.Valid.class);
        } else {
            assertThat(desired)
                    .isEqualTo(new Desired.Invalid(new Failure.InvalidSpec(
                            "spec.policies.inline",
                            "the documents have 10241 characters in total, but IAM accepts at most 10240;"
                                    + " move some into a managed policy")));
        }
    }

    private static String policy(String name, int resource) {
        return "{name: " + name
                + ", document: {Version: '2012-10-17', Statement: {Effect: Deny, Action: '*', Resource: "
                + "r".repeat(resource) + "}}}";
    }

    @Test
    void returnsIdentityForInvalidPolicies() {
        IamServiceAccountSpec broken = read("{policies: {inline: [{name: a, document: {}}]}}");

        assertThat(Desired.of("payments", "invoices", broken, CLUSTER, DELIVERY))
                .isInstanceOf(Desired.Invalid.class);
        assertThat(Desired.identity("payments", "invoices", broken, CLUSTER).arn())
                .isEqualTo("arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices");
    }

    @Test
    void reservesNoNameIfOperatorRunsWithoutRole() {
        ClusterIdentity user = new ClusterIdentity(
                "prod", "id", CLUSTER.issuer(), new AwsAccount("aws", "111122223333", ""), "/irsa/prod/");

        assertThat(Desired.of("payments", "invoices", read("{role: {name: irsa-operator}}"), user, DELIVERY))
                .isInstanceOf(Desired.Valid.class);
    }

    private static IamServiceAccountSpec read(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, IamServiceAccountSpec.class);
    }
}
