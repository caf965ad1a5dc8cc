package dev.irsa.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A right in the cluster. Source: "Authorization" of Kubernetes, "Checking API access".
 *
 * @param group API group; empty: core
 * @param resource plural, with its subresource if any
 * @param name of the one object that it is for; empty: any
 */
public record RequiredPermission(String verb, String group, String resource, String name) {
    /** A right to objects of any name. */
    public RequiredPermission(String verb, String group, String resource) {
        this(verb, group, resource, "");
    }

    /**
     * Whether the client's user has it.
     *
     * @param namespace empty: in all
     */
    public boolean isGiven(KubernetesClient client, String namespace) {
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
