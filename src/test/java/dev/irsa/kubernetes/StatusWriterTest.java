package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
    private static final IamServiceAccountStatus OURS =
            Statuses.of(1, Examples.ROLE_STATUS, Examples.ACCOUNT_STATUS, List.of(), List.of());

    private final MockApiServer server = MockApiServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ownStatusTriggersNoReconcile() {
        IamServiceAccount before = resource();
        List<Boolean> replaced = new ArrayList<>();
        StatusWriter[] writer = new StatusWriter[1];
        writer[0] = new StatusWriter(server.client(), new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                T answer = work.get();
                replaced.add(writer[0].written().isReplaced(stored(), before));
                return answer;
            }
        });

        assertThat(writer[0].write(before, OURS, true)).isTrue();
        replaced.add(writer[0].written().isReplaced(stored(), before));

        assertThat(replaced).containsExactly(false, false);
    }

    @Test
    void writesTheStatusOfAnEntitlement() {
        IamEntitlement entitlement = entitlement();
        IamEntitlementStatus status = new IamEntitlementStatus(1, 3, List.of());

        assertThat(new StatusWriter(server.client(), CallInterceptor.NONE).write(entitlement, status))
                .isTrue();

        assertThat(server.client()
                        .resources(IamEntitlement.class)
                        .withName("payments")
                        .require()
                        .getStatus())
                .isEqualTo(status);
    }

    /** Found by the simulation: a new leader whose watch was late replaced what its predecessor had recorded. */
    @Test
    void doesNotReplaceTheStatusOfALaterVersionThatThisProcessDoesNotKnow() {
        IamServiceAccount read = resource();
        StatusWriter predecessor = new StatusWriter(server.client(), CallInterceptor.NONE);
        assertThat(predecessor.write(read, OURS, true)).isTrue();
        StatusWriter writer = new StatusWriter(server.client(), CallInterceptor.NONE);
        IamServiceAccountStatus older = Statuses.of(1, null, Examples.ACCOUNT_STATUS, List.of(), List.of());

        assertThat(writer.write(read, older, false)).isFalse();
        assertThat(stored().getStatus()).isEqualTo(OURS);
        assertThat(writer.write(stored(), older, false)).isTrue();
        assertThat(stored().getStatus()).isEqualTo(older);
    }

    /** An apply keeps what another field manager owns, as after the restore of a backup. */
    @Test
    void replacesWhatAnotherManagerLeft() {
        IamServiceAccount resource = resource();
        List<String> calls = new ArrayList<>();
        StatusWriter writer = new StatusWriter(server.client(), new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                calls.add(call.action());
                return work.get();
            }
        });
        server.client()
                .resource(resource)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("velero")
                                .build(),
                        "{\"status\": {\"adoption\": \"Refused\", \"conditions\": [{\"type\": \"Stalled\"}]}}");

        assertThat(writer.write(resource, OURS, true)).isTrue();

        assertThat(stored().getStatus()).isEqualTo(OURS);
        assertThat(calls).hasSize(2);
        assertThat(writer.write(resource, OURS, true)).isTrue();
        assertThat(calls).hasSize(3);
    }

    @Test
    void doesNotRetryTheStatusOfADeletedResource() {
        IamServiceAccount resource = resource();
        IamEntitlement entitlement = entitlement();
        server.client().resource(resource).delete();
        server.client().resource(entitlement).delete();
        StatusWriter writer = new StatusWriter(server.client(), CallInterceptor.NONE);

        assertThat(writer.write(resource, OURS, true)).isTrue();
        assertThat(writer.write(entitlement, new IamEntitlementStatus(1, 0, List.of())))
                .isTrue();
    }

    @Test
    void reportsWriteToRetry() {
        IamServiceAccount resource = resource();
        IamEntitlement entitlement = entitlement();
        StatusWriter writer = new StatusWriter(server.client(), new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                throw new KubernetesClientException("unavailable", 503, null);
            }
        });

        assertThat(writer.write(resource, OURS, true)).isFalse();
        assertThat(writer.write(entitlement, new IamEntitlementStatus(1, 0, List.of())))
                .isFalse();
    }

    /** A stored spec can violate a rule that was added later. The API server then rejects the status in some cases. */
    @Test
    void retriesStatusThatTheApiServerRejects() {
        assertThat(writerRejectedFor("spec.role").write(resource(), OURS, true)).isFalse();
    }

    @Test
    void doesNotRetryTheStatusOfAReplacedResource() {
        assertThat(writerRejectedFor("metadata.uid").write(resource(), OURS, true))
                .isTrue();
    }

    private StatusWriter writerRejectedFor(String field) {
        Status status = new StatusBuilder()
                .withCode(422)
                .withNewDetails()
                .addNewCause()
                .withField(field)
                .endCause()
                .endDetails()
                .build();
        return new StatusWriter(server.client(), new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                throw new KubernetesClientException("rejected", 422, status);
            }
        });
    }

    @Test
    void namesPermissionOfEachWrite() {
        List<String> calls = new ArrayList<>();
        StatusWriter writer = new StatusWriter(server.client(), new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                calls.add(call.toString());
                return work.get();
            }
        });

        writer.write(resource(), OURS, true);
        writer.write(entitlement(), new IamEntitlementStatus(1, 0, List.of()));

        assertThat(calls)
                .containsExactly("patch iamserviceaccounts/status invoices", "patch iamentitlements/status payments");
    }

    private IamEntitlement entitlement() {
        server.client().resource("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: payments}
                spec: {namespaceSelector: {}}
                """).create();
        return server.client()
                .resources(IamEntitlement.class)
                .withName("payments")
                .require();
    }

    private IamServiceAccount resource() {
        server.client().resource("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: invoices}
                spec: {}
                """).create();
        return stored();
    }

    private IamServiceAccount stored() {
        return server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("default")
                .withName("invoices")
                .require();
    }
}
