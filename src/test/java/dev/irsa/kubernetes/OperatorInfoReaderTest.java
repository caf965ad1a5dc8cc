package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.port.OperatorSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OperatorInfoReaderTest {
    private static final ClusterIdentity SMALLEST = new ClusterIdentity(
            "prod",
            "id",
            new Issuer("https://oidc.example.com"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    private static final ClusterIdentity EVERYTHING = new ClusterIdentity(
                    "prod",
                    "id",
                    new Issuer("https://oidc.example.com/id/A"),
                    new AwsAccount("aws-cn", "111122223333", "operator", 15),
                    "oidc.example.com/id/a",
                    "/irsa/prod/",
                    Set.of("/other/"),
                    new PreviousClusters(Set.of("old"), Set.of("https://old.example.com")))
            .withRoleTags(new ConfiguredRoleTags(new TreeMap<>(Map.of("team=a", "b,c"))))
            .withProtectedPolicies(ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/deny-*")))
            .withDelivery(new DeliverySettings(
                    EnumSet.allOf(Delivery.class), Optional.of("arn:aws:eks:eu-west-1:1:cluster/prod"), 4096));

    private static Map<String, String> written(ClusterIdentity cluster) {
        return new OperatorInfo("1.2.3", Set.of("sts.amazonaws.com", "vault"), Set.of("payments"), true).data(cluster);
    }

    @Test
    void readsWhatTheOperatorWrites() {
        for (ClusterIdentity cluster : List.of(SMALLEST, EVERYTHING)) {
            Optional<OperatorSettings> read = OperatorInfoReader.of(written(cluster));

            assertThat(read)
                    .contains(new OperatorSettings(
                            "1.2.3", cluster, Set.of("sts.amazonaws.com", "vault"), Set.of("payments"), true));
            assertThat(read.orElseThrow().watches("payments")).isTrue();
            assertThat(read.orElseThrow().watches("other")).isFalse();
        }
    }

    @Test
    void hasNoSettingsBeforeTheOperatorHasStarted() {
        assertThat(OperatorInfoReader.of(Map.of())).isEmpty();
    }

    @Test
    void namesMissingFieldOfAnotherVersion() {
        String document = written(SMALLEST).getOrDefault("operator.json", "").replace("\"rolePath\"", "\"path\"");

        assertThatThrownBy(() -> OperatorInfoReader.of(Map.of("operator.json", document)))
                .hasMessageContainingAll("no field rolePath", "another version");
    }

    @Test
    void rejectsInvalidDocument() {
        assertThatThrownBy(() -> OperatorInfoReader.of(Map.of("operator.json", "{")))
                .hasMessageContaining("not a valid document");
    }
}
