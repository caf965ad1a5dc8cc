package dev.irsa.kubernetes;

import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.PlainText;
import dev.irsa.port.NamespacedName;
import dev.irsa.port.OperatorEvents;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what concerns the operator as a whole as events on its own Deployment. */
public record DeploymentEvents(
        KubernetesClient client, EventRecorder events, NamespacedName deployment, Documentation documentation)
        implements OperatorEvents {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentEvents.class);

    /** Records an event. An event that cannot be written is lost; the log has the same message. */
    @Override
    public void record(boolean warning, String reason, String note) {
        try {
            events.record(deployment.name(), this::reference, warning, reason, PlainText.of(documentation.in(note)));
        } catch (KubernetesClientException e) {
            LOG.warn("cannot write an event on Deployment {}: {}", deployment, e.getMessage());
        }
    }

    private ObjectReference reference() {
        Deployment found = client.apps()
                .deployments()
                .inNamespace(deployment.namespace())
                .withName(deployment.name())
                .get();
        if (found == null) {
            throw new KubernetesClientException("Deployment not found");
        }
        return EventRecorder.reference(found);
    }
}
