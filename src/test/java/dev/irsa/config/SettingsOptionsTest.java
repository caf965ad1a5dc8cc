package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.text.Documentation;
import dev.irsa.port.OperatorSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingsOptionsTest {
    private static final String UID = "11111111-2222-3333-4444-555555555555";
    private static final OperatorSettings PUBLISHED = new OperatorSettings(
            "1",
            new ClusterIdentity(
                    "prod.eu",
                    UID,
                    new Issuer("https://oidc.example.com/id/1"),
                    new AwsAccount("aws", "111122223333", "operator", 20),
                    "oidc.example.com/id/1",
                    "/irsa/",
                    AdoptionScope.of(Set.of("/terraform/"), Set.of("/eksctl-*")),
                    new PreviousClusters(Set.of(UID), Set.of("https://oidc.example.com/id/0")),
                    new ConfiguredRoleTags(new TreeMap<>(Map.of("team", "a=b"))),
                    ProtectedPolicies.of(Set.of("arn:aws:iam::*:policy/security/*")),
                    new DeliverySettings(
                            Set.of(Delivery.PodIdentity),
                            Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
                            4096)),
            Set.of("vault"),
            Set.of("payments"),
            true,
            true,
            Documentation.HOME);

    private static OperatorSettings with(String... flags) throws InvalidConfiguration {
        SettingsOptions options = new SettingsOptions("plan");
        new CommandLine(options).parseArgs(flags);
        return options.override(PUBLISHED);
    }

    @Test
    void keepsWhatTheOperatorHas() throws InvalidConfiguration {
        assertThat(with()).isEqualTo(PUBLISHED);
        assertThat(with("--trust-policy-quota=4096")).isEqualTo(PUBLISHED);
    }

    @Test
    void replacesWhatIsGiven() throws InvalidConfiguration {
        OperatorSettings settings = with(
                "--cluster-name=live",
                "--role-path=/x/",
                "--adoption-path=/y/,/z/",
                "--adoption-role=/a,/b/c*",
                "--role-tags=cost=1",
                "--protected-policies=arn:aws:iam::*:policy/q",
                "--managed-policies-per-role=12",
                "--default-delivery=IRSA",
                "--trust-policy-quota=2048",
                "--pod-identity-agent=detect",
                "--audiences=sts.amazonaws.com",
                "--previous-cluster-id=",
                "--previous-issuer=https://oidc.example.com/id/2",
                "--watch-namespace=shop");

        ClusterIdentity cluster = settings.identity();
        assertThat(cluster.name()).isEqualTo("live");
        assertThat(cluster.id()).isEqualTo(UID);
        assertThat(cluster.account()).isEqualTo(new AwsAccount("aws", "111122223333", "operator", 12));
        assertThat(cluster.rolePath()).isEqualTo("/x/");
        assertThat(cluster.adoption()).isEqualTo(AdoptionScope.of(Set.of("/y/", "/z/"), Set.of("/a", "/b/c*")));
        assertThat(cluster.roleTags().tags()).isEqualTo(Map.of("cost", "1"));
        assertThat(cluster.protectedPolicies()).isEqualTo(ProtectedPolicies.of(Set.of("arn:aws:iam::*:policy/q")));
        assertThat(cluster.previousClusters())
                .isEqualTo(new PreviousClusters(Set.of(), Set.of("https://oidc.example.com/id/2")));
        assertThat(cluster.delivery())
                .isEqualTo(new DeliverySettings(
                        Set.of(Delivery.IRSA), Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"), 2048));
        assertThat(settings.audiences()).containsExactly("sts.amazonaws.com");
        assertThat(settings.namespaces()).containsExactly("shop");
        assertThat(settings.assumesAgent()).isFalse();
        assertThat(settings.dryRun()).isTrue();
    }

    @Test
    void theLastValueOfAFlagReplacesTheOthers() throws InvalidConfiguration {
        ClusterIdentity cluster = with("--role-path=/x/", "--cluster-name=live", "--cluster-name=test")
                .identity();

        assertThat(cluster.name()).isEqualTo("test");
        assertThat(cluster.rolePath()).isEqualTo("/x/");
    }

    @Test
    void refusesWhatTheOperatorRefuses() {
        assertThatThrownBy(() -> with("--role-path=x", "--default-delivery=Other"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContainingAll(
                        "--role-path=x: it must start and end with a slash", "--default-delivery=Other");
    }
}
