package dev.irsa.kubernetes;

import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import dev.irsa.port.NamespacedName;
import dev.irsa.port.OperatorSettings;
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
    private final NamespacedName name;
    private Map<String, String> written = Map.of();
    private String refusal = "";

    /** @param deployment the operator's own */
    public OperatorInfoWriter(KubernetesClient client, CallInterceptor interceptor, NamespacedName deployment) {
        this.client = client;
        this.interceptor = interceptor;
        this.name = new NamespacedName(deployment.namespace(), deployment.name() + "-info");
    }

    /**
     * Writes the document with these settings, unless it was written already. Only tools read it, so a failure does not stop the
     * operator. A refusal is logged once, and the next call tries again, because a user may have followed the log.
     *
     * @return false if the write has to be retried soon
     */
    public boolean publish(OperatorSettings settings) {
        Map<String, String> data = OperatorInfo.data(settings);
        if (data.equals(written)) {
            return true;
        }
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(name.namespace())
                .withName(name.name())
                .endMetadata()
                .build();
        String patch = Serialization.asJson(Map.of("data", data));
        try {
            interceptor.intercept(
                    new ExternalCall("patch configmaps", name.name()),
                    () -> client.resource(map).patch(FieldManager.MERGE_PATCH, patch));
        } catch (KubernetesClientException e) {
            if (ApiServerMessage.mayChange(e)) {
                return false;
            }
            report(ApiServerMessage.of(e), settings);
            return true;
        }
        written = data;
        refusal = "";
        return true;
    }

    private void report(String problem, OperatorSettings settings) {
        if (!problem.equals(refusal)) {
            LOG.warn(
                    "cannot write ConfigMap {}, which tools read: {}; {}",
                    name,
                    problem,
                    KubernetesRequirements.remedy(settings.namespaces()));
            refusal = problem;
        }
    }
}
