package dev.irsa.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EksContextTest {
    @Test
    void recognizesClustersOfEks() {
        assertThat(EksContext.parse("arn:aws-cn:eks:cn-north-1:111122223333:cluster/live"))
                .contains(new EksContext("live", "cn-north-1"));
        assertThat(EksContext.parse("live.eu-west-1.eksctl.io")).contains(new EksContext("live", "eu-west-1"));
    }

    @Test
    void guessesNothing() {
        assertThat(EksContext.parse("kind-live")).isEmpty();
        assertThat(EksContext.parse("arn:aws:eks:eu-west-1:111122223333:nodegroup/live"))
                .isEmpty();
    }
}
