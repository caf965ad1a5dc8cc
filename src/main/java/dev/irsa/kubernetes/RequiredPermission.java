package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A permission in the cluster. Source: Kubernetes "Authorization", "Checking API access".
 *
 * @param group the API group; empty for the core group
 * @param resource the plural name, with the subresource if any
 * @param name the name of the only object that it applies to; empty for all objects
 */
public record RequiredPermission(String verb, String group, String resource, String name) {
    /** Creates a permission for objects of any name. */
    public RequiredPermission(String verb, String group, String resource) {
        this(verb, group, resource, "");
    }

    /**
     * Asks the API server whether the client's user has the permission.
     *
     * @param namespace empty for all namespaces
     */
    public boolean isGranted(KubernetesClient client, String namespace) {
        int slash = resource.indexOf('/');
        SelfSubjectAccessReview answer = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(slash < 0 ? resource : resource.substring(0, slash))
                        .withSubresource(slash < 0 ? "" : resource.substring(slash + 1))
                        .withName(name)
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + (name.isEmpty() ? "" : "/" + name);
    }
}
