package dev.irsa.kubernetes;

import dev.irsa.core.text.PlainText;
import dev.irsa.port.OperatorEvents;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what concerns the operator as a whole as events on its own Deployment. */
public final class DeploymentEvents implements OperatorEvents {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentEvents.class);

    private final KubernetesClient client;
    private final EventRecorder events;
    private final String namespace;
    private final String name;

    /**
     * Records events on this Deployment.
     *
     * @param deployment {@code <namespace>/<name>}
     */
    public DeploymentEvents(KubernetesClient client, EventRecorder events, String deployment) {
        this.client = client;
        this.events = events;
        int slash = deployment.indexOf('/');
        this.namespace = deployment.substring(0, slash);
        this.name = deployment.substring(slash + 1);
    }

    /** Records an event. An event that cannot be written is lost; the log has the same message. */
    @Override
    public void record(boolean warning, String reason, String note) {
        try {
            events.record(name, this::reference, warning, reason, PlainText.of(note));
        } catch (KubernetesClientException e) {
            LOG.warn("cannot write an event on Deployment {}/{}: {}", namespace, name, e.getMessage());
        }
    }

    private ObjectReference reference() {
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (deployment == null) {
            throw new KubernetesClientException("Deployment not found");
        }
        return new ObjectReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withNamespace(namespace)
                .withName(name)
                .withUid(deployment.getMetadata().getUid())
                .build();
    }
}
