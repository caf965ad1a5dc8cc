package dev.irsa.kubectl.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.port.OperatorSettings;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EksContextTest {
    private static final Optional<String> ACCOUNT = Optional.of("111122223333");

    @Test
    void recognizesClustersOfEks() {
        assertThat(EksContext.parse("arn:aws-cn:eks:cn-north-1:111122223333:cluster/live"))
                .contains(new EksContext("live", "cn-north-1", ACCOUNT, true));
        assertThat(EksContext.parse("live.eu-west-1.eksctl.io"))
                .contains(new EksContext("live", "eu-west-1", Optional.empty(), true));
    }

    @Test
    void isCertainOnlyIfTheIssuerIsOneOfEks() {
        assertThat(EksContext.of(settings("https://oidc.eks.eu-west-1.amazonaws.com/id/A")))
                .contains(new EksContext("prod", "eu-west-1", ACCOUNT, true));
        assertThat(EksContext.of(settings("https://oidc-eks.eu-west-1.api.aws/id/A")))
                .contains(new EksContext("prod", "eu-west-1", ACCOUNT, true));
        assertThat(EksContext.of(settings("https://issuer.example.com")))
                .contains(new EksContext("prod", "eu-west-1", ACCOUNT, false));
    }

    private static OperatorSettings settings(String issuer) {
        DeliverySettings delivery = new DeliverySettings(
                Set.of(Delivery.IRSA), Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"), 2048);
        ClusterIdentity cluster = SampleCluster.withDelivery(
                SampleCluster.of(
                        "prod", "id", new Issuer(issuer), new AwsAccount("aws", "111122223333", ""), "/irsa/prod/"),
                delivery);
        return new OperatorSettings("1", cluster, Set.of(), Set.of(), false, false, Documentation.HOME);
    }

    @Test
    void guessesNothing() {
        assertThat(EksContext.parse("kind-live")).isEmpty();
        assertThat(EksContext.parse("arn:aws:eks:eu-west-1:111122223333:nodegroup/live"))
                .isEmpty();
    }
}
