package dev.irsa.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.ResourceReconciler;
import dev.irsa.reconcile.status.Outcome;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IamServiceAccountControllerTest {
    private final MockApiServer server = MockApiServer.start();
    private final List<ResourceRef> forgotten = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void forgetsADeletedResourceThatWasNeverReconciled() {
        IamServiceAccount deleted = Examples.resource();

        controller().reconcile(deleted, afterDeletion());

        assertThat(forgotten).containsExactly(ResourceRef.of(deleted));
    }

    private IamServiceAccountController controller() {
        ResourceReconciler reconciler = new ResourceReconciler() {
            @Override
            public Outcome reconcile(IamServiceAccount resource) {
                throw new AssertionError("the resource no longer exists");
            }

            @Override
            public void forget(ResourceRef resource) {
                forgotten.add(resource);
            }
        };
        return new IamServiceAccountController(
                reconciler,
                new ServiceAccountEventSources(
                        Set.of(), new EntitlementEventSources(new CoalescingSignal()), new AccountEventSources()),
                new StatusWriter(server.client(), CallInterceptor.NONE),
                new EventRecorder(
                        server.client(), CallInterceptor.NONE, InstantSource.system(), new Random(), "irsa-operator-0"),
                (_, _) -> {},
                () -> true,
                new InFlightWork());
    }

    @SuppressWarnings("unchecked")
    private static Context<IamServiceAccount> afterDeletion() {
        return (Context<IamServiceAccount>) Proxy.newProxyInstance(
                IamServiceAccountControllerTest.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("isPrimaryResourceDeleted");
                    return true;
                });
    }
}
