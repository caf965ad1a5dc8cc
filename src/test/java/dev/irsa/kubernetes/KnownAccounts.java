package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A cache that shows ServiceAccounts as they are kept, of the moment when they were looked at. */
final class KnownAccounts implements ServiceAccountCache {
    private final KubernetesClient client;
    private final Map<String, ServiceAccount> known = new HashMap<>();

    KnownAccounts(KubernetesClient client) {
        this.client = client;
    }

    /** What the watch would have told by now. */
    void look(String namespace, String name) {
        keep(client.serviceAccounts().inNamespace(namespace).withName(name).require());
    }

    @Override
    public Optional<ServiceAccount> get(String namespace, String name) {
        return Optional.ofNullable(known.get(namespace + "/" + name));
    }

    @Override
    public void write(ServiceAccount before, UnaryOperator<ServiceAccount> write) {
        keep(write.apply(before));
    }

    private void keep(ServiceAccount account) {
        String key = account.getMetadata().getNamespace() + "/"
                + account.getMetadata().getName();
        known.put(key, SlimServiceAccounts.slim(account, new SharedEntries()));
    }
}
