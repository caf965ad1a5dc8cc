package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/**
 * A person who uses the cluster, with no more permissions than the API server grants to every user.
 *
 * @param name as the API server sees it
 */
record LimitedUser(ControlPlane controlPlane, String name, Path kubeconfig) {
    private static final String GROUP = "rbac.authorization.k8s.io";

    /** A user of the settings of the control plane. */
    static LimitedUser of(ControlPlane controlPlane, String name) {
        return new LimitedUser(controlPlane, name, controlPlane.kubeconfig(name, name));
    }

    /** The default ServiceAccount of a namespace. */
    static LimitedUser in(ControlPlane controlPlane, String namespace) {
        return new LimitedUser(
                controlPlane,
                "system:serviceaccount:" + namespace + ":default",
                controlPlane.kubeconfigOfServiceAccount(namespace, "default"));
    }

    /** Replaces the permissions, and waits until the API server enforces the change. */
    void grantOnly(List<Grant> grants, List<Grant> withheld) {
        Map<String, List<PolicyRule>> rules = grants.stream()
                .collect(Collectors.groupingBy(Grant::namespace, Collectors.mapping(Grant::rule, Collectors.toList())));
        withheld.forEach(grant -> rules.putIfAbsent(grant.namespace(), List.of()));
        rules.forEach(
                (namespace, allowed) -> (namespace.isEmpty() ? inCluster(allowed) : inNamespace(namespace, allowed))
                        .forEach(
                                object -> controlPlane.client().resource(object).serverSideApply()));
        await().until(() ->
                grants.stream().allMatch(this::may) && withheld.stream().noneMatch(this::may));
    }

    /** Allows to read the issuer of the cluster and its keys. */
    void grantIssuerDiscovery(boolean granted) {
        HasMetadata binding = new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name + "-issuer")
                .endMetadata()
                .withRoleRef(reference("ClusterRole", "system:service-account-issuer-discovery"))
                .withSubjects(subject())
                .build();
        if (granted) {
            controlPlane.client().resource(binding).serverSideApply();
        } else {
            controlPlane.client().resource(binding).delete();
        }
        await().until(() -> mayReadIssuer() == granted);
    }

    private static ConditionFactory await() {
        return TestEnvironment.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private List<HasMetadata> inCluster(List<PolicyRule> rules) {
        return List.of(
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withRules(rules)
                        .build(),
                new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withRoleRef(reference("ClusterRole", name))
                        .withSubjects(subject())
                        .build());
    }

    private List<HasMetadata> inNamespace(String namespace, List<PolicyRule> rules) {
        return List.of(
                new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withRules(rules)
                        .build(),
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withRoleRef(reference("Role", name))
                        .withSubjects(subject())
                        .build());
    }

    private static RoleRef reference(String kind, String name) {
        return new RoleRef(GROUP, kind, name);
    }

    private Subject subject() {
        return new Subject(GROUP, "User", name, null);
    }

    private boolean may(Grant grant) {
        String[] resource = grant.resource().split("/", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(name)
                .withNewResourceAttributes()
                .withNamespace(grant.namespace())
                .withVerb(grant.verb())
                .withGroup(grant.group())
                .withResource(resource[0])
                .withSubresource(resource.length > 1 ? resource[1] : null)
                .withName(grant.name())
                .endResourceAttributes()
                .endSpec()
                .build();
        return controlPlane.client().resource(review).create().getStatus().getAllowed();
    }

    private boolean mayReadIssuer() {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(name)
                .withNewNonResourceAttributes()
                .withVerb("get")
                .withPath("/openid/v1/jwks")
                .endNonResourceAttributes()
                .endSpec()
                .build();
        return controlPlane.client().resource(review).create().getStatus().getAllowed();
    }
}
