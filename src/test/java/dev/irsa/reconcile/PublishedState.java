package dev.irsa.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * An object in a state in which the operator shows it, as whoever watches the cluster reads it.
 *
 * @param name what the documents call the state: the reason of Ready, or a few words
 */
public record PublishedState(String name, HasMetadata object) {
    /** The object in one line. */
    public String json() {
        return Serialization.asJson(object).replace("\n", "");
    }
}
