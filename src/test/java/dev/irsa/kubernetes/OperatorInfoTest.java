package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorInfoTest {
    private static final ClusterIdentity SMALLEST = SampleCluster.of(
            "prod",
            "id",
            new Issuer("https://oidc.example.com"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    private static Map<String, String> written(ClusterIdentity cluster) {
        return OperatorInfo.data(settings(cluster));
    }

    static OperatorSettings settings(ClusterIdentity cluster) {
        return new OperatorSettings(
                "1.2.3",
                cluster,
                Set.of("sts.amazonaws.com", "vault"),
                Set.of("payments"),
                true,
                true,
                new Documentation("https://docs.example.com/"));
    }

    @Test
    void readsWhatTheOperatorWrites() {
        for (ClusterIdentity cluster : List.of(SMALLEST, OperatorInfoWriterTest.CLUSTER)) {
            Optional<OperatorSettings> read = OperatorInfo.read(written(cluster));

            assertThat(read).contains(settings(cluster));
            assertThat(read.orElseThrow().watches("payments")).isTrue();
            assertThat(read.orElseThrow().watches("other")).isFalse();
        }
    }

    @Test
    void hasNoSettingsBeforeTheOperatorHasStarted() {
        assertThat(OperatorInfo.read(Map.of())).isEmpty();
    }

    @Test
    void namesMissingFieldOfAnotherVersion() {
        String document = written(SMALLEST).getOrDefault("operator.json", "").replace("\"rolePath\"", "\"path\"");

        assertThatThrownBy(() -> OperatorInfo.read(Map.of("operator.json", document)))
                .hasMessageContainingAll("no field rolePath", "another version");
    }

    @Test
    void rejectsInvalidDocument() {
        for (String document : List.of("{", "[]", "kind: ConfigMap", "{\"kind\": \"ConfigMap\"}")) {
            assertThatThrownBy(() -> OperatorInfo.read(Map.of("operator.json", document)))
                    .hasMessage("it is not the value of the key operator.json");
        }
    }

    @Test
    void namesValueOfAnotherVersion() {
        String document = written(SMALLEST).getOrDefault("operator.json", "").replace("\"IRSA\"", "\"Other\"");

        assertThatThrownBy(() -> OperatorInfo.read(Map.of("operator.json", document)))
                .hasMessageContainingAll("defaultDelivery", "Other")
                .hasMessageNotContaining("dev.irsa");
    }
}
