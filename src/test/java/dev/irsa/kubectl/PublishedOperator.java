package dev.irsa.kubectl;

import dev.irsa.config.ProgramVersion;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubernetes.OperatorInfo;
import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Set;

/** What an operator of this version publishes about itself in its namespace. */
final class PublishedOperator {
    private PublishedOperator() {}

    /** Publishes an operator with the default settings, except for the address of its documentation. */
    static void in(MockApiServer server, ClusterIdentity cluster) {
        server.client()
                .resource("apiVersion: v1\nkind: Namespace\nmetadata: {name: irsa-operator}\n")
                .create();
        publish(server, OperatorInfo.data(settings(cluster, new Documentation("https://docs.example.com/"))));
    }

    /** Returns the default settings of an operator of this version. */
    static OperatorSettings settings(ClusterIdentity cluster, Documentation documentation) {
        return new OperatorSettings(
                ProgramVersion.current(), cluster, Set.of("sts.amazonaws.com"), Set.of(), false, false, documentation);
    }

    /** Publishes these settings, in a namespace that exists. */
    static void publish(MockApiServer server, Map<String, String> settings) {
        server.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("irsa-operator")
                        .withName("irsa-operator-info")
                        .endMetadata()
                        .withData(settings)
                        .build())
                .create();
    }
}
