package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes statuses, and remembers the last one of each resource until the watch shows it. The framework's own way of
 * doing both keeps an update from us that somebody made right before our write.
 */
public final class StatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManager.NAME)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Gate gate;
    private final WrittenStatusCache own = new WrittenStatusCache();

    /** Writes through this client, each call through this gate. */
    public StatusWriter(KubernetesClient client, Gate gate) {
        this.client = client;
        this.gate = gate;
    }

    /** What we wrote last. */
    public WrittenStatusCache own() {
        return own;
    }

    /**
     * Writes a status.
     *
     * @return whether it is as it should be, or no longer matters
     */
    public boolean write(IamServiceAccount resource, IamServiceAccountStatus status) {
        IamServiceAccount fresh = new IamServiceAccount();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build());
        fresh.setStatus(status);
        own.writing(status, resource);
        try {
            IamServiceAccount answer = gate.pass(
                    new OutsideCall(
                            "patch iamserviceaccounts/status",
                            resource.getMetadata().getName()),
                    () -> client.resource(fresh).subresource("status").patch(APPLY));
            Optional.ofNullable(answer).ifPresent(now -> own.wrote(status, now));
            return true;
        } catch (KubernetesClientException e) {
            boolean gone = isGone(e);
            if (!gone) {
                LOG.warn("the status could not be written and will be tried again: {}", e.getMessage());
            }
            return gone;
        } finally {
            own.ended(resource);
        }
    }

    /** Whether there is nothing left to write to. 404 and 409: it has gone; 422: another has its name. */
    static boolean isGone(KubernetesClientException e) {
        return e.getCode() == 404 || e.getCode() == 409 || e.getCode() == 422;
    }
}
