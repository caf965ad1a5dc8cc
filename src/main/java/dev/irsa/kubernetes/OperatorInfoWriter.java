package dev.irsa.kubernetes;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@link OperatorInfo} into a ConfigMap beside the operator's own Deployment: {@code irsa-operator-info}, if the
 * Deployment is called {@code irsa-operator}. The installation creates the ConfigMap, so the operator needs no permission to
 * create one.
 */
public final class OperatorInfoWriter {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorInfoWriter.class);
    private final KubernetesClient client;
    private final CallInterceptor interceptor;
    private final String namespace;
    private final String name;
    private final OperatorInfo info;
    private String written = "";

    /** @param deployment {@code <namespace>/<name>} of the operator's own Deployment */
    public OperatorInfoWriter(
            KubernetesClient client, CallInterceptor interceptor, String deployment, OperatorInfo info) {
        this.client = client;
        this.interceptor = interceptor;
        int slash = deployment.indexOf('/');
        this.namespace = deployment.substring(0, slash);
        this.name = deployment.substring(slash + 1) + "-info";
        this.info = info;
    }

    /**
     * Writes the document for this cluster, unless it was written already. Only tools read it, so a failure does not stop the
     * operator.
     *
     * @return false if the write has to be retried
     */
    public boolean publish(ClusterIdentity cluster) {
        String document = info.json(cluster);
        if (document.equals(written)) {
            return true;
        }
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
        String patch = Serialization.asJson(Map.of("data", Map.of(OperatorInfo.KEY, document)));
        try {
            interceptor.intercept(
                    new ExternalCall("patch configmaps", name),
                    () -> client.resource(map).patch(FieldManager.MERGE_PATCH, patch));
        } catch (KubernetesClientException e) {
            if (ApiServerMessage.mayChange(e)) {
                return false;
            }
            LOG.warn(
                    "cannot write ConfigMap {}/{}, which tools read: {}; {}",
                    namespace,
                    name,
                    ApiServerMessage.of(e),
                    KubernetesRequirements.remedy(info.namespaces()));
        }
        written = document;
        return true;
    }
}
