package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.core.collection.Sorted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the API server shows.
 *
 * @param resource the IamServiceAccount of the ServiceAccount; empty if there is none or the operator is not installed
 * @param account the ServiceAccount; empty if it does not exist
 * @param accountsWithRole the names of the ServiceAccounts of the namespace that have a role
 * @param webhook the configuration of the EKS pod identity webhook; empty if there is none
 * @param namespaceLabels the labels of the namespace
 * @param minorVersion of Kubernetes 1
 */
public record ClusterFacts(
        Evidence<Optional<ResourceFacts>> resource,
        Evidence<Optional<AccountFacts>> account,
        Evidence<List<String>> accountsWithRole,
        Evidence<Optional<WebhookFacts>> webhook,
        Evidence<SortedMap<String, String>> namespaceLabels,
        Evidence<AgentFacts> agent,
        Evidence<Integer> minorVersion) {
    /**
     * An IamServiceAccount.
     *
     * @param problem why it is not Ready; empty if it is
     * @param roleId the ID of the role in its status that the operator manages for it
     * @param roleArn the ARN of that role
     * @param elsewhere its role, if that is in another account than that of the operator
     */
    public record ResourceFacts(
            String name,
            Optional<Problem> problem,
            Optional<String> roleId,
            Optional<String> roleArn,
            Optional<RoleInOtherAccount> elsewhere) {
        /**
         * What a Ready condition says.
         *
         * @param isFinal whether the operator does not get further by itself; a suspended or a slow resource may work
         * @param text reason and message
         */
        public record Problem(boolean isFinal, String text) {}
    }

    /**
     * The configuration of the webhook.
     *
     * @param configuration the name of its MutatingWebhookConfiguration
     * @param failurePolicy {@code Ignore} or {@code Fail}
     * @param pods selects by the labels of pods, as the other does by those of namespaces
     */
    public record WebhookFacts(
            String configuration, String failurePolicy, NamespaceSelector namespaces, NamespaceSelector pods) {
        public static final NamespaceSelector EVERYTHING = new NamespaceSelector(Map.of(), List.of());
    }
    /**
     * The EKS Pod Identity Agent.
     *
     * @param installed whether its DaemonSet exists, or the cluster uses EKS Auto Mode
     * @param readyOnNode whether it is ready on the node of the pod; empty if that is not known
     */
    public record AgentFacts(boolean installed, Evidence<Boolean> readyOnNode) {}

    /**
     * A ServiceAccount.
     *
     * @param annotations those that the EKS pod identity webhook reads
     * @param annotatedAt when the field manager of the role's annotation last changed what it owns, which is not before it set
     *     the annotation; empty if the API server did not record it
     */
    public record AccountFacts(SortedMap<String, String> annotations, Optional<Instant> annotatedAt) {
        public AccountFacts {
            annotations = Sorted.copyOf(annotations);
        }
    }
}
