package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import java.util.Map;
import java.util.Optional;

/**
 * All that an API server stores at one moment, by {@code namespace/name}.
 *
 * @param resources shared with all who look: not to be changed
 * @param version grows with every change
 */
public record Stored(
        Map<String, IamServiceAccount> resources, Map<String, ServiceAccountRecord> serviceAccounts, long version) {
    /** One of the resources, to do with as one likes. */
    public Optional<IamServiceAccount> resource(String key) {
        return Optional.ofNullable(resources.get(key)).map(KubernetesObjects::copy);
    }
}
