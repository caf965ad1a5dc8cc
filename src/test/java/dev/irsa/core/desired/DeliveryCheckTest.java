package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryCheckTest {
    private static final Set<Delivery> POD_IDENTITY = EnumSet.of(Delivery.PodIdentity);
    private static final TokenSpec AUDIENCE = new TokenSpec("vault", null, null);
    private static final Optional<String> CLUSTER = Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod");
    private static final int QUOTA = 2048;

    private static DesiredDelivery delivery(Set<Delivery> kinds, Optional<String> cluster) {
        return delivery(kinds, cluster, List.of("invoices"));
    }

    private static DesiredDelivery delivery(Set<Delivery> kinds, Optional<String> cluster, List<String> names) {
        return new DesiredDelivery(
                kinds,
                new TrustTerms(
                        new AwsAccount("aws", "111122223333", ""),
                        "oidc.example.com",
                        cluster,
                        "payments",
                        names,
                        "sts.amazonaws.com"));
    }

    private static DeliverySettings settings(int quota) {
        return new DeliverySettings(EnumSet.of(Delivery.IRSA), Optional.empty(), quota);
    }

    private static String field(DesiredDelivery delivery, TokenSpec token, int quota) {
        return DeliveryCheck.problem(delivery, token, settings(quota))
                .map(InvalidSpec::message)
                .map(message -> message.substring(0, message.indexOf(':')))
                .orElse("");
    }

    @Test
    void irsaAloneNeedsNothing() {
        assertThat(field(delivery(EnumSet.of(Delivery.IRSA), Optional.empty()), AUDIENCE, 1))
                .isEmpty();
    }

    @Test
    void podIdentityNeedsTheClusterArn() {
        assertThat(field(delivery(POD_IDENTITY, Optional.empty()), TokenSpec.DEFAULT, QUOTA))
                .isEqualTo("spec.delivery");
        assertThat(field(delivery(POD_IDENTITY, CLUSTER), TokenSpec.DEFAULT, QUOTA))
                .isEmpty();
    }

    @Test
    void podIdentityNeedsARoleInTheAccountOfTheCluster() {
        assertThat(DeliveryCheck.problem(
                        delivery(POD_IDENTITY, CLUSTER),
                        TokenSpec.DEFAULT,
                        settings(QUOTA).inAnotherAccount()))
                .map(InvalidSpec::message)
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith(
                                "spec.delivery: EKS Pod Identity requires a role in the AWS account of the cluster"));
        assertThat(DeliveryCheck.problem(
                        delivery(EnumSet.of(Delivery.IRSA), CLUSTER),
                        TokenSpec.DEFAULT,
                        settings(QUOTA).inAnotherAccount()))
                .isEmpty();
    }

    @Test
    void audienceAppliesOnlyToIrsa() {
        assertThat(field(delivery(POD_IDENTITY, CLUSTER), AUDIENCE, QUOTA)).isEqualTo("spec.token.audience");
        assertThat(field(delivery(EnumSet.allOf(Delivery.class), CLUSTER), AUDIENCE, QUOTA))
                .isEmpty();
    }

    @Test
    void bothStatementsMustFitIntoTheQuota() {
        DesiredDelivery delivery = delivery(POD_IDENTITY, CLUSTER);
        int size = delivery.trustPolicy(EnumSet.allOf(Delivery.class)).size();
        assertThat(field(delivery, TokenSpec.DEFAULT, size)).isEmpty();
        assertThat(field(delivery, TokenSpec.DEFAULT, size - 1)).isEqualTo("spec.delivery");
    }

    @Test
    void saysHowManyServiceAccountsFit() {
        List<String> names = List.of("a", "bb", "ccc", "dddd");
        DesiredDelivery three = delivery(EnumSet.of(Delivery.IRSA), Optional.empty(), names.subList(1, 4));
        int quota = three.trustPolicy(three.kinds()).size();
        assertThat(DeliveryCheck.problem(three, TokenSpec.DEFAULT, settings(quota)))
                .isEmpty();
        assertThat(DeliveryCheck.problem(
                        delivery(EnumSet.of(Delivery.IRSA), Optional.empty(), names),
                        TokenSpec.DEFAULT,
                        settings(quota)))
                .map(InvalidSpec::message)
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("spec.serviceAccounts: the trust policy for IRSA and 4 ServiceAccounts has ")
                        .contains("but the quota is " + quota + "; it has room for 3 of them", "--trust-policy-quota"));
    }

    @Test
    void bothStatementsOfEachMustFitBesidePodIdentity() {
        DesiredDelivery two = delivery(POD_IDENTITY, CLUSTER, List.of("a", "b"));
        int size = two.trustPolicy(EnumSet.allOf(Delivery.class)).size();
        assertThat(field(two, TokenSpec.DEFAULT, size)).isEmpty();
        assertThat(field(two, TokenSpec.DEFAULT, size - 1)).isEqualTo("spec.serviceAccounts");
    }
}
