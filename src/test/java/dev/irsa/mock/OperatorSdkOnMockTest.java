package dev.irsa.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java Operator SDK finds here what it needs: CRD check, informers, finalizer and status by apply, deletion. */
class OperatorSdkOnMockTest {
    private final MockApiServer server = MockApiServer.start();
    private final Scene scene = new Scene(server.client(), "default");
    private final Tiny reconciler = new Tiny();
    private final Operator operator = new Operator(
            overrider -> overrider.withKubernetesClient(server.newClient()).withCloseClientOnStop(true));

    @BeforeEach
    void start() {
        operator.register(reconciler);
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.stop();
        server.close();
    }

    @Test
    void reconcilesOnceAndSettles() {
        scene.createAs("user", scene.iamServiceAccount("", "spec: {}"));

        await().untilAsserted(() -> assertThat(scene.typedIamAccount().require().getStatus())
                .extracting(IamServiceAccountStatus::observedGeneration)
                .isEqualTo(1L));

        assertThat(scene.typedIamAccount().require().getFinalizers()).containsExactly(IamServiceAccount.FINALIZER);
        assertThat(reconciler.reconciles).hasValue(1);
    }

    @Test
    void reconcilesWhenAServiceAccountAppears() {
        scene.createAs("user", scene.iamServiceAccount("", "spec: {}"));
        await().until(() -> reconciler.reconciles.get() == 1);

        scene.createAs("user", scene.serviceAccount("").replace("name: s", "name: i"));

        await().until(() -> reconciler.reconciles.get() == 2);
    }

    @Test
    void cleansUpBeforeTheResourceGoes() {
        scene.createAs("user", scene.iamServiceAccount("", "spec: {}"));
        await().until(() -> reconciler.reconciles.get() == 1);

        scene.iamAccount().delete();

        await().until(() -> scene.iamAccount().get() == null);
        assertThat(reconciler.cleanups).hasValue(1);
    }

    /** Says in status which generation it has seen. */
    @ControllerConfiguration(finalizerName = IamServiceAccount.FINALIZER, fieldManager = Scene.OPERATOR)
    private static final class Tiny implements Reconciler<IamServiceAccount>, Cleaner<IamServiceAccount> {
        private final AtomicInteger reconciles = new AtomicInteger();
        private final AtomicInteger cleanups = new AtomicInteger();

        @Override
        public List<EventSource<?, IamServiceAccount>> prepareEventSources(
                EventSourceContext<IamServiceAccount> context) {
            return List.of(new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(ServiceAccount.class, IamServiceAccount.class)
                            .withSecondaryToPrimaryMapper(account -> Set.of(ResourceID.fromResource(account)))
                            .build(),
                    context));
        }

        @Override
        public UpdateControl<IamServiceAccount> reconcile(
                IamServiceAccount resource, Context<IamServiceAccount> context) {
            reconciles.incrementAndGet();
            IamServiceAccount seen = new IamServiceAccount();
            seen.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(resource.getMetadata().getNamespace())
                    .withName(resource.getMetadata().getName())
                    .build());
            seen.setStatus(new IamServiceAccountStatus(
                    resource.getMetadata().getGeneration(), null, null, List.of(), List.of()));
            return UpdateControl.patchStatus(seen);
        }

        @Override
        public DeleteControl cleanup(IamServiceAccount resource, Context<IamServiceAccount> context) {
            cleanups.incrementAndGet();
            return DeleteControl.defaultDelete();
        }
    }
}
