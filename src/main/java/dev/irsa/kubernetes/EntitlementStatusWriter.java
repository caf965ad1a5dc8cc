package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementStatus;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the statuses of entitlements. */
public final class EntitlementStatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EntitlementStatusWriter.class);

    private final KubernetesClient client;
    private final Gate gate;

    /** Writes through this client, each call through this gate. */
    public EntitlementStatusWriter(KubernetesClient client, Gate gate) {
        this.client = client;
        this.gate = gate;
    }

    /**
     * Writes a status.
     *
     * @return whether it is as it should be, or no longer matters
     */
    public boolean write(IamEntitlement entitlement, IamEntitlementStatus status) {
        IamEntitlement fresh = new IamEntitlement();
        String name = entitlement.getMetadata().getName();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid(entitlement.getMetadata().getUid())
                .build());
        fresh.setStatus(status);
        try {
            gate.pass(
                    new OutsideCall("patch iamentitlements/status", name),
                    () -> client.resource(fresh).subresource("status").patch(StatusWriter.APPLY));
            return true;
        } catch (KubernetesClientException e) {
            boolean gone = StatusWriter.isGone(e);
            if (!gone) {
                LOG.warn("the status of IamEntitlement {} could not be written: {}", name, e.getMessage());
            }
            return gone;
        }
    }
}
