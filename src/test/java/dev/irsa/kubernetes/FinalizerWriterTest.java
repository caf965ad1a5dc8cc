package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.kubernetes.KnownAccounts;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinalizerWriterTest {
    private static final String ROLE = "arn:aws:iam::444455556666:role/irsa/prod/prod_default_invoices";

    private final MockApiServer server = MockApiServer.start();

    @BeforeEach
    void create() {
        server.client()
                .resource("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {namespace: default, name: invoices, finalizers: [irsa.dev/role, example.com/other]}
                        """.replace("irsa.dev/role", IamServiceAccount.FINALIZER))
                .create();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void removesOnlyOwnFinalizer() {
        cluster().removeFinalizer(resource().require());

        assertThat(resource().require().getMetadata().getFinalizers()).containsExactly("example.com/other");
    }

    @Test
    void addsWithOneRequestAndRemovesWithOne() {
        IamServiceAccount read = resource().require();
        server.requests().clear();
        cluster().addFinalizer(read, Optional.empty());
        assertThat(server.requests().all()).isEqualTo(Map.of("apply iamserviceaccounts", 1));

        IamServiceAccount protectedNow = resource().require();
        server.requests().clear();
        cluster().removeFinalizer(protectedNow);
        assertThat(server.requests().all()).isEqualTo(Map.of("patch iamserviceaccounts", 1));
        assertThat(resource().require().getMetadata().getFinalizers()).containsExactly("example.com/other");
    }

    @Test
    void leavesTheFinalizerOfAResourceThatHasChanged() {
        IamServiceAccount read = resource().require();
        resource().edit(changed -> {
            changed.getMetadata().setLabels(Map.of("team", "billing"));
            return changed;
        });

        assertRemovalIsRetried(read);
    }

    @Test
    void leavesAnotherResourceOfThatNameAlone() {
        IamServiceAccount read = resource().require();
        resource().edit(freed -> {
            freed.getMetadata().setFinalizers(List.of());
            return freed;
        });
        resource().delete();
        create();

        assertRemovalIsRetried(read);
    }

    private void assertRemovalIsRetried(IamServiceAccount read) {
        FailureException thrown =
                catchThrowableOfType(FailureException.class, () -> cluster().removeFinalizer(read));

        assertThat(thrown.failure())
                .isEqualTo(new Failure.Passing(
                        Reason.Reconciling, "the resource changed while the operator removed its finalizer"));
        assertThat(resource().require().getMetadata().getFinalizers()).contains(IamServiceAccount.FINALIZER);
    }

    @Test
    void removesNothingFromAResourceThatIsGone() {
        IamServiceAccount read = resource().require();
        resource().edit(freed -> {
            freed.getMetadata().setFinalizers(List.of());
            return freed;
        });
        resource().delete();

        cluster().removeFinalizer(read);

        assertThat(resource().get()).isNull();
    }

    @Test
    void recordsTheRoleWithTheFinalizerAndRemovesBoth() {
        IamServiceAccount read = resource().require();
        server.requests().clear();
        cluster().addFinalizer(read, Optional.of(ROLE));

        assertThat(server.requests().all()).isEqualTo(Map.of("apply iamserviceaccounts", 1));
        assertThat(resource().require().recordedRole()).contains(ROLE);
        cluster().removeFinalizer(resource().require());
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
        assertThat(cluster().uidNow("default", "invoices"))
                .contains(resource().require().getMetadata().getUid());
        assertThat(cluster().uidNow("default", "other")).isEmpty();
    }

    private KubernetesCluster cluster() {
        return new KubernetesCluster(
                server.client(), new KnownAccounts(server.client()), new WrittenStatusCache(), CallInterceptor.NONE);
    }

    private Resource<IamServiceAccount> resource() {
        return server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("default")
                .withName("invoices");
    }
}
