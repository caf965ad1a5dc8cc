package dev.irsa.kubernetes;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Finds out whether the nodes run the EKS Pod Identity Agent. The EKS add-on installs it as a DaemonSet. Nodes of EKS Auto
 * Mode have it built in, without a DaemonSet.
 *
 * <p>Sources: "Set up the Amazon EKS Pod Identity Agent" and "Create a Node Class for Amazon EKS" of the Amazon EKS user
 * guide.
 *
 * @param eksClusterName for the command that installs the agent
 */
public record PodIdentityDiscovery(KubernetesClient client, CallInterceptor interceptor, String eksClusterName) {
    private static final RequiredPermission PERMISSION =
            new RequiredPermission("get", "apps", "daemonsets", PodIdentityAgent.NAME);
    private static final String AUTO_MODE_API = "eks.amazonaws.com/v1";
    private static final String AUTO_MODE_KIND = "NodeClass";

    /**
     * Looks at the cluster once. It reads the DaemonSet, and the resources of one API group if there is no DaemonSet.
     *
     * @throws dev.irsa.core.failure.FailureException when the API server returns no usable response
     */
    public PodIdentityAvailability read() {
        return interceptor.intercept(new ExternalCall("get daemonsets", PodIdentityAgent.NAME), () -> {
            try {
                Optional<String> missing = missingAgent();
                return missing.isEmpty() || isAutoMode()
                        ? new PodIdentityAvailability.Available()
                        : new PodIdentityAvailability.Unavailable(missing.get());
            } catch (KubernetesClientException e) {
                throw ApiExceptionTranslator.of("get daemonsets", e);
            }
        });
    }

    /** Returns why the operator does not see the DaemonSet; empty if it does. */
    private Optional<String> missingAgent() {
        try {
            boolean exists = client.apps()
                            .daemonSets()
                            .inNamespace(PodIdentityAgent.NAMESPACE)
                            .withName(PodIdentityAgent.NAME)
                            .get()
                    != null;
            return exists ? Optional.empty() : Optional.of(notInstalled());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return Optional.of(notPermitted());
            }
            throw e;
        }
    }

    private String notInstalled() {
        return "the EKS Pod Identity Agent is not installed: there is no DaemonSet " + PodIdentityAgent.NAMESPACE + "/"
                + PodIdentityAgent.NAME
                + ", and the cluster does not use EKS Auto Mode; run: aws eks create-addon --cluster-name "
                + eksClusterName + " --addon-name " + PodIdentityAgent.NAME
                + "; or set --pod-identity-agent=assume if the nodes run the agent in another way";
    }

    private static String notPermitted() {
        return "the operator's ServiceAccount is missing the permission " + PERMISSION + " in namespace "
                + PodIdentityAgent.NAMESPACE
                + ", so the operator cannot look for the EKS Pod Identity Agent; set podIdentity.enabled=true in the chart, or run:"
                + " kubectl apply -f deploy/rbac-pod-identity.yaml; or set --pod-identity-agent=assume";
    }

    /** Every user may read which kinds an API server serves, unless an administrator has withdrawn that permission. */
    private boolean isAutoMode() {
        try {
            APIResourceList served = client.getApiResources(AUTO_MODE_API);
            return served != null
                    && served.getResources().stream().anyMatch(resource -> AUTO_MODE_KIND.equals(resource.getKind()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403 || e.getCode() == 404) {
                return false;
            }
            throw e;
        }
    }
}
