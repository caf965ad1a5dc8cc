package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.kubernetes.KnownAccounts;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinalizerWriterTest {
    private final MockApiServer server = MockApiServer.start();
    /** How the API server answers when the test of a JSON patch fails. The mock server answers otherwise. */
    private static final ApiFault FAILED_TEST =
            ApiFault.refused(422, "Invalid", "the server rejected our request due to an error in our request");

    private static final String ROLE = "arn:aws:iam::444455556666:role/irsa/prod/prod_default_invoices";

    private final KnownAccounts cache = new KnownAccounts(server.client());
    private ResourceRef ref = new ResourceRef("default", "invoices", "");

    @BeforeEach
    void create() {
        server.client()
                .resource("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {namespace: default, name: invoices, finalizers: [irsa.dev/role, example.com/other]}
                        """.replace("irsa.dev/role", IamServiceAccount.FINALIZER))
                .create();
        ref = new ResourceRef(
                "default", "invoices", resource().require().getMetadata().getUid());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void removesOnlyOwnFinalizer() {
        cluster().removeFinalizer(ref);

        assertThat(resource().require().getMetadata().getFinalizers()).containsExactly("example.com/other");
    }

    @Test
    void addsWithOneRequestAndRemovesWithOne() {
        IamServiceAccount read = resource().require();
        server.requests().clear();
        cluster().addFinalizer(read, Optional.empty());
        assertThat(server.requests().all()).isEqualTo(Map.of("apply iamserviceaccounts", 1));

        cache.show(resource().require());
        server.requests().clear();
        cluster().removeFinalizer(ref);
        assertThat(server.requests().all()).isEqualTo(Map.of("patch iamserviceaccounts", 1));
        assertThat(resource().require().getMetadata().getFinalizers()).containsExactly("example.com/other");
    }

    @Test
    void readsResourceThatTheWatchDoesNotShow() {
        server.requests().clear();
        cluster().removeFinalizer(ref);
        assertThat(server.requests().all())
                .isEqualTo(Map.of("get iamserviceaccounts", 1, "patch iamserviceaccounts", 1));
    }

    @Test
    void readsResourceWhoseFinalizersHaveMovedSinceTheWatchShowedIt() {
        cache.show(resource().require());
        resource().edit(changed -> {
            changed.getMetadata().setFinalizers(List.of("example.com/other", IamServiceAccount.FINALIZER));
            return changed;
        });
        AtomicInteger patches = new AtomicInteger();
        server.intercept(request ->
                request.method().equals("PATCH") && patches.incrementAndGet() == 1 ? FAILED_TEST : ApiFault.none());

        cluster().removeFinalizer(ref);

        assertThat(resource().require().getMetadata().getFinalizers()).containsExactly("example.com/other");
    }

    @Test
    void leavesAnotherResourceOfThatNameAlone() {
        cache.show(resource().require());
        resource().edit(freed -> {
            freed.getMetadata().setFinalizers(List.of());
            return freed;
        });
        resource().delete();
        create();
        server.intercept(request -> request.method().equals("PATCH") ? FAILED_TEST : ApiFault.none());

        cluster()
                .removeFinalizer(new ResourceRef(
                        "default",
                        "invoices",
                        cache.resource("", "").orElseThrow().getMetadata().getUid()));

        assertThat(resource().require().getMetadata().getFinalizers()).contains(IamServiceAccount.FINALIZER);
    }

    @Test
    void recordsTheRoleWithTheFinalizerAndRemovesBoth() {
        IamServiceAccount read = resource().require();
        server.requests().clear();
        cluster().addFinalizer(read, Optional.of(ROLE));

        assertThat(server.requests().all()).isEqualTo(Map.of("apply iamserviceaccounts", 1));
        assertThat(resource().require().recordedRole()).contains(ROLE);
        cluster().removeFinalizer(ref);
        assertThat(resource().require().getMetadata().getAnnotations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void addsNothingToAResourceThatHasChanged(boolean recordsRole) {
        IamServiceAccount read = resource().require();
        resource().edit(changed -> {
            changed.getMetadata().setLabels(Map.of("team", "billing"));
            return changed;
        });

        FailureException thrown = catchThrowableOfType(
                FailureException.class,
                () -> cluster().addFinalizer(read, recordsRole ? Optional.of(ROLE) : Optional.empty()));

        assertThat(thrown.failure().reason()).isEqualTo(Reason.Reconciling);
        assertThat(resource().require().recordedRole()).isEmpty();
    }

    @Test
    void addsNothingDuringDeletion() {
        resource().delete();

        FailureException thrown = catchThrowableOfType(
                FailureException.class, () -> cluster().addFinalizer(resource().require(), Optional.empty()));

        assertThat(thrown.failure())
                .isEqualTo(new Failure.Passing(Reason.Reconciling, "the resource is being deleted"));
    }

    @Test
    void returnsUidOfCurrentObject() {
        assertThat(cluster().uidNow("default", "invoices")).contains(ref.uid());
        assertThat(cluster().uidNow("default", "other")).isEmpty();
    }

    @Test
    void reportsConcurrentChangeAsTransient() {
        server.intercept(request -> request.method().equals("PATCH") ? FAILED_TEST : ApiFault.none());

        FailureException thrown =
                catchThrowableOfType(FailureException.class, () -> cluster().removeFinalizer(ref));

        assertThat(thrown.failure())
                .isEqualTo(new Failure.Passing(
                        Reason.Reconciling, "the finalizers changed while the operator removed its own"));
    }

    private KubernetesCluster cluster() {
        return new KubernetesCluster(server.client(), cache, new WrittenStatusCache(), CallInterceptor.NONE);
    }

    private Resource<IamServiceAccount> resource() {
        return server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("default")
                .withName("invoices");
    }
}
