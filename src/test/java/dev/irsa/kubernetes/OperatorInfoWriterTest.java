package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.NamespacedName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OperatorInfoWriterTest {
    static final ClusterIdentity CLUSTER = SampleCluster.withDelivery(
            SampleCluster.withProtectedPolicies(
                    SampleCluster.withRoleTags(
                            SampleCluster.withAdoption(
                                    SampleCluster.withPrevious(
                                            SampleCluster.withAdoption(
                                                    SampleCluster.of(
                                                                    "prod",
                                                                    "11111111-2222-3333-4444-555555555555",
                                                                    new Issuer("https://oidc.example.com/id/A"),
                                                                    new AwsAccount(
                                                                            "aws", "111122223333", "operator", 15),
                                                                    "/irsa/prod/")
                                                            .withOidcProvider("oidc.example.com/id/a"),
                                                    AdoptionScope.of(Set.of("/other/"), Set.of())),
                                            new PreviousClusters(Set.of("old"), Set.of("https://old.example.com"))),
                                    AdoptionScope.of(Set.of("/other/"), Set.of("/b/c", "/a*"))),
                            new ConfiguredRoleTags(new TreeMap<>(Map.of("team=a", "b,c")))),
                    ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/deny-*"))),
            new DeliverySettings(
                    EnumSet.allOf(Delivery.class), Optional.of("arn:aws:eks:eu-west-1:1:cluster/prod"), 4096));

    private final Logger logger = (Logger) LoggerFactory.getLogger(OperatorInfoWriter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private MockApiServer server;
    private OperatorInfoWriter writer;

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        server = MockApiServer.start();
        writer = new OperatorInfoWriter(
                server.client(), CallInterceptor.NONE, new NamespacedName("default", "operator"));
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        server.close();
    }

    private void install() {
        server.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("operator-info")
                        .withLabels(Map.of("chart", "x"))
                        .endMetadata()
                        .build())
                .create();
        server.requests().clear();
    }

    private boolean publish(ClusterIdentity cluster) {
        return writer.publish(OperatorInfoTest.settings(cluster));
    }

    private ConfigMap map() {
        return server.client()
                .configMaps()
                .inNamespace("default")
                .withName("operator-info")
                .get();
    }

    @Test
    void writesEverySettingThatDecidesAboutRoles() {
        install();

        assertThat(publish(CLUSTER)).isTrue();

        assertThat(map().getData().get(OperatorInfo.KEY)).isEqualToIgnoringWhitespace("""
                {"version": "1.2.3", "clusterName": "prod", "clusterId": "11111111-2222-3333-4444-555555555555",
                 "oidcIssuer": "https://oidc.example.com/id/A", "oidcProvider": "oidc.example.com/id/a",
                 "awsPartition": "aws", "awsAccount": "111122223333", "operatorRole": "operator",
                 "managedPoliciesPerRole": 15, "rolePath": "/irsa/prod/", "adoptionPaths": ["/other/"],
                 "adoptionRoles": ["/a*", "/b/c"],
                 "previousClusterIds": ["old"], "previousIssuers": ["https://old.example.com"],
                 "roleTags": {"team=a": "b,c"}, "protectedPolicies": ["arn:aws:iam::*:policy/deny-*"],
                 "defaultDelivery": ["IRSA", "PodIdentity"], "eksClusterArn": "arn:aws:eks:eu-west-1:1:cluster/prod",
                 "trustPolicyQuota": 4096, "audiences": ["sts.amazonaws.com", "vault"],
                 "watchNamespaces": ["payments"], "dryRun": true, "podIdentityAgent": "assume",
                 "documentationUrl": "https://docs.example.com/"}""");
        assertThat(map().getMetadata().getLabels()).containsEntry("chart", "x");
    }

    @Test
    void writesOnlyChanges() {
        install();
        publish(CLUSTER);
        publish(CLUSTER);
        assertThat(server.requests().all().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(1);

        publish(CLUSTER.withOidcProvider("oidc.example.com/id/A"));

        assertThat(map().getData().get(OperatorInfo.KEY)).contains("oidc.example.com/id/A\",\"awsPartition");
    }

    @Test
    void retriesWhileTheApiServerIsUnavailable() {
        install();
        server.client().getConfiguration().setRequestRetryBackoffLimit(0);
        server.intercept(request -> ApiFault.refused(500, "InternalError", "etcd is away"));
        assertThat(publish(CLUSTER)).isFalse();
        server.stopIntercepting();

        assertThat(publish(CLUSTER)).isTrue();

        assertThat(map().getData()).containsKey(OperatorInfo.KEY);
    }

    @Test
    void writesOnceTheConfigMapIsInstalled() {
        assertThat(publish(CLUSTER)).isTrue();
        assertThat(map()).isNull();
        install();

        assertThat(publish(CLUSTER)).isTrue();

        assertThat(map().getData()).containsKey(OperatorInfo.KEY);
    }

    @Test
    void logsARefusalOnceUntilAWriteSucceeds() {
        install();
        server.intercept(request -> ApiFault.refused(403, "Forbidden", "no"));
        publish(CLUSTER);
        publish(CLUSTER);
        assertThat(log.list).hasSize(1);
        server.stopIntercepting();
        publish(CLUSTER);
        server.intercept(request -> ApiFault.refused(403, "Forbidden", "no"));
        publish(CLUSTER.withOidcProvider("oidc.example.com/id/A"));

        assertThat(log.list).hasSize(2);
    }
}
