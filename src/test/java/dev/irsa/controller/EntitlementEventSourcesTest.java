package dev.irsa.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.apiserver.MockApiServer;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntitlementEventSourcesTest {
    private final MockApiServer server = MockApiServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** The framework's own index would keep an entry for each resource of a deleted namespace. */
    @Test
    @SuppressWarnings("unchecked")
    void noInformerLetsFrameworkIndexResources() {
        IndexerResourceCache<IamServiceAccount> cache = empty(IndexerResourceCache.class);
        ControllerConfiguration<IamServiceAccount> configuration = empty(ControllerConfiguration.class);
        var context = new EventSourceContext<>(cache, configuration, server.client(), IamServiceAccount.class);

        assertThat(new EntitlementEventSources(new CoalescingSignal()).eventSources(context))
                .hasSize(3)
                .allSatisfy(source -> assertThat(((InformerEventSource<?, IamServiceAccount>) source)
                                .configuration()
                                .getPrimaryToSecondaryMapper())
                        .as(source.name())
                        .isNotNull());
    }

    private static <T> T empty(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> null));
    }
}
