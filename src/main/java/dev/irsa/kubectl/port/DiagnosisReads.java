package dev.irsa.kubectl.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads from the API server what decides about the credentials of a pod. Every method throws {@link FailureException} when the
 * API server rejects the call.
 */
public interface DiagnosisReads {
    /** Returns a ServiceAccount; empty when it does not exist. */
    Optional<AccountFacts> serviceAccount(String namespace, String name);

    /** Returns the IamServiceAccount of a ServiceAccount; empty when there is none or the cluster has no such resources. */
    Optional<ResourceFacts> resource(String namespace, String serviceAccount);

    /** Returns the configuration of the EKS pod identity webhook; empty when it does not exist. */
    Optional<WebhookFacts> webhook();

    SortedMap<String, String> namespaceLabels(String namespace);

    /** Returns whether the EKS Pod Identity Agent is installed, or built into the nodes. */
    boolean isAgentInstalled();

    /** Returns whether the EKS Pod Identity Agent is ready on a node. */
    boolean isAgentReady(String node);

    /** Returns the minor version of Kubernetes 1. */
    int minorVersion();

    /** Returns the issuer that the API server publishes. */
    String issuer();

    /** Returns the keys that the API server publishes. */
    ClusterKeys signingKeys();
}
