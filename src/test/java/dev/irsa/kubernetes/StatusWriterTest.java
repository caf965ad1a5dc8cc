package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.port.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
    private static final IamServiceAccountStatus OURS =
            new IamServiceAccountStatus(1, Examples.ROLE_STATUS, Examples.ACCOUNT_STATUS, List.of(), List.of());

    private final MockApiServer server = MockApiServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStatusOfOursIsNoNewsBeforeItsAnswerIsHereNorAfter() {
        IamServiceAccount before = resource();
        List<Boolean> replaced = new ArrayList<>();
        StatusWriter[] writer = new StatusWriter[1];
        writer[0] = new StatusWriter(server.client(), new Gate() {
            @Override
            public <T> T pass(OutsideCall call, Supplier<T> work) {
                T answer = work.get();
                replaced.add(writer[0].written().isReplaced(stored(), before));
                return answer;
            }
        });

        assertThat(writer[0].write(before, OURS)).isTrue();
        replaced.add(writer[0].written().isReplaced(stored(), before));

        assertThat(replaced).containsExactly(false, false);
    }

    private IamServiceAccount resource() {
        server.client().resource("""
                apiVersion: irsa.dev/v1alpha1
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
