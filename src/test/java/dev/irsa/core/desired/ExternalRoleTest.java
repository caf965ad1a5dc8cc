package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.fixtures.plan.SampleCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads specs of payments/invoices that name a role of others. */
class ExternalRoleTest {
    private static final String ARN = "arn:aws:iam::111122223333:role/terraform/invoices";

    private static final ClusterIdentity CLUSTER = SampleCluster.of(
            "prod",
            "11111111-2222-3333-4444-555555555555",
            new Issuer("https://oidc.example.com/id/1"),
            new AwsAccount("aws", "111122223333", "irsa-operator"),
            "/irsa/prod/");

    private static Desired read(String spec) {
        return read(spec, CLUSTER);
    }

    private static Desired read(String spec, ClusterIdentity cluster) {
        return Desired.of(
                "payments", "invoices", Serialization.unmarshal("---\n" + spec, IamServiceAccountSpec.class), cluster);
    }

    private static String problem(String spec, ClusterIdentity cluster) {
        return read(spec, cluster) instanceof Desired.Invalid(var failure) ? failure.message() : "";
    }

    private static String problem(String arn) {
        return problem("{externalRole: {arn: '" + arn + "'}}", CLUSTER);
    }

    private static ClusterIdentity defaulting(Set<Delivery> kinds) {
        return SampleCluster.withDelivery(
                CLUSTER,
                new DeliverySettings(kinds, Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"), 2048));
    }

    @Test
    void parsesPartitionAccountPathAndName() {
        assertThat(ExternalRole.parse("arn:aws-us-gov:iam::444455556666:role/a/b+c/Name_1"))
                .contains(new ExternalRole(
                        "arn:aws-us-gov:iam::444455556666:role/a/b+c/Name_1",
                        "aws-us-gov",
                        "444455556666",
                        "/a/b+c/",
                        "Name_1"));
        assertThat(ExternalRole.parse("arn:aws:iam::444455556666:role/n").map(ExternalRole::path))
                .contains("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "invoices",
                "*",
                "arn:aws:iam::444455556666:role/*",
                "arn:aws:iam::444455556666:role/a?",
                "arn:aws:iam::*:role/a",
                "arn:*:iam::444455556666:role/a",
                "arn:aws:iam::44445555666:role/a",
                "arn:aws:iam::aws:role/a",
                "arn:aws:iam::444455556666:role/",
                "arn:aws:iam::444455556666:role//a",
                "arn:aws:iam::444455556666:role/a/",
                "arn:aws:iam::444455556666:role/${aws:username}",
                "arn:aws:iam::444455556666:role/a b",
                "arn:aws:iam::444455556666:role/a\n",
                "arn:aws:iam::444455556666:user/a",
                "arn:aws:iam::444455556666:policy/a",
                "arn:aws:sts::444455556666:assumed-role/a/session",
                "arn:aws:iam:eu-west-1:444455556666:role/a"
            })
    void refusesWhatIsNotTheArnOfOneRole(String arn) {
        assertThat(ExternalRole.parse(arn)).isEmpty();
        assertThat(problem(arn)).startsWith("spec.externalRole.arn: it is not the ARN of a role");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::444455556666:role/*, true",
        "arn:aws:iam::444455556666:role/payments/*, true",
        "arn:aws:iam::444455556666:role/p?y/a-*, true",
        "arn:aws-cn:iam::444455556666:role/a, true",
        "*, false",
        "arn:*, false",
        "arn:aws*:iam::444455556666:role/a, false",
        "arn:aws:iam::*:role/a, false",
        "arn:aws:iam::44445555666?:role/a, false",
        "arn:aws:iam::444455556666:*, false",
        "arn:aws:iam::444455556666:r*/a, false",
        "arn:aws:iam::444455556666:role*, false",
        "arn:aws:iam::444455556666:role/, false"
    })
    void globsNamePartitionAndAccountLiterally(String glob, boolean valid) {
        assertThat(ExternalRole.isGlob(glob)).isEqualTo(valid);
    }

    @Test
    void readsTheRoleAndItsAnnotations() {
        Desired desired = read("{externalRole: {arn: '" + ARN + "'}, token: {expirationSeconds: 7200}}");

        assertThat(desired).isInstanceOfSatisfying(Desired.External.class, external -> {
            assertThat(external.roleArn()).isEqualTo(ARN);
            assertThat(external.serviceAccount().name()).isEqualTo("invoices");
            assertThat(external.serviceAccount().annotations())
                    .containsEntry(DesiredServiceAccount.ROLE_ARN, ARN)
                    .containsEntry(DesiredServiceAccount.EXPIRATION, "7200");
            assertThat(external.delivery().kinds()).containsExactly(Delivery.IRSA);
        });
    }

    @Test
    void knowsTheRoleOfAnInvalidSpec() {
        var spec = Serialization.unmarshal("externalRole: {arn: '" + ARN + "'}", IamServiceAccountSpec.class);

        assertThat(Desired.roleArn("payments", "invoices", spec, CLUSTER)).isEqualTo(ARN);
        assertThat(Desired.roleArn("payments", "invoices", IamServiceAccountSpec.DEFAULT, CLUSTER))
                .isEqualTo("arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices",
                "arn:aws:iam::111122223333:role/irsa/prod/deeper/other",
                "arn:aws:iam::111122223333:role/IRSA/prod/other"
            })
    void refusesRolesUnderTheRolePath(String arn) {
        assertThat(problem(arn)).startsWith("spec.externalRole.arn: " + arn + " is under /irsa/prod/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa-operator", "admins/IRSA-Operator"})
    void refusesTheRoleOfTheOperatorUnderEveryPath(String role) {
        assertThat(problem("arn:aws:iam::111122223333:role/" + role))
                .endsWith("is the operator's own role; choose another role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::444455556666:role/irsa/prod/other",
                "arn:aws:iam::444455556666:role/irsa-operator",
                "arn:aws-cn:iam::111122223333:role/irsa-operator"
            })
    void acceptsTheSameNamesInAnotherAccount(String arn) {
        assertThat(problem(arn)).isEmpty();
    }

    @Test
    void requiresIrsaAlone() {
        String asked = "{externalRole: {arn: '" + ARN + "'}, delivery: [PodIdentity]}";
        String open = "{externalRole: {arn: '" + ARN + "'}}";
        String irsa = "{externalRole: {arn: '" + ARN + "'}, delivery: [IRSA]}";
        ClusterIdentity podIdentity = defaulting(Set.of(Delivery.PodIdentity));

        assertThat(problem(asked, CLUSTER))
                .isEqualTo("spec.delivery: spec.externalRole requires IRSA, and the spec asks for"
                        + " EKS Pod Identity; set spec.delivery to [IRSA]");
        assertThat(problem(open, podIdentity))
                .isEqualTo(
                        "spec.delivery: spec.externalRole requires IRSA, and the default of this cluster asks for EKS Pod"
                                + " Identity; set spec.delivery to [IRSA]");
        assertThat(problem(open, defaulting(Set.of(Delivery.IRSA, Delivery.PodIdentity))))
                .isNotEmpty();
        assertThat(problem(irsa, podIdentity)).isEmpty();
        assertThat(problem(open, CLUSTER)).isEmpty();
    }

    @Test
    void refusesNamesThatATrustPolicyWouldExpand() {
        assertThat(problem("{externalRole: {arn: '" + ARN + "'}, serviceAccounts: [{name: 'a*'}]}", CLUSTER))
                .startsWith("spec.serviceAccounts");
    }

    /** A stored resource may be older than the rule of the schema. */
    @Test
    void refusesAdditionalServiceAccounts() {
        assertThat(problem(
                        "{externalRole: {arn: '" + ARN + "'}, serviceAccounts: [{name: invoices}, {name: worker}]}",
                        CLUSTER))
                .isEqualTo(
                        "spec.serviceAccounts: a role that others manage has one ServiceAccount; remove the others, or"
                                + " spec.externalRole");
        assertThat(problem("{externalRole: {arn: '" + ARN + "'}, serviceAccounts: [{name: invoices}]}", CLUSTER))
                .isEmpty();
    }
}
