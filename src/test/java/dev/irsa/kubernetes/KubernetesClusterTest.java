package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.kubernetes.KnownAccounts;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesClusterTest {
    private final WrittenStatusCache statuses = new WrittenStatusCache();

    /** Found by the simulation: two resources handed over a ServiceAccount to each other while the watch was late. */
    @Test
    void claimantsHaveTheStatusThatTheOperatorWroteLast() {
        IamServiceAccount cached = Examples.resource();
        var written = Statuses.of(2, Examples.ROLE_STATUS, Examples.ACCOUNT_STATUS, List.of(), List.of());
        cached.getMetadata().setResourceVersion("4");
        IamServiceAccount response = Examples.resource();
        response.getMetadata().setResourceVersion("5");
        statuses.wrote(written, response);

        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            KnownAccounts cache = new KnownAccounts(client) {
                @Override
                public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
                    return List.of(cached);
                }
            };
            KubernetesCluster cluster = new KubernetesCluster(client, cache, statuses, CallInterceptor.NONE);

            assertThat(cluster.claimants("payments", "invoices"))
                    .singleElement()
                    .extracting(IamServiceAccount::getStatus)
                    .isEqualTo(written);
        }
    }
}
