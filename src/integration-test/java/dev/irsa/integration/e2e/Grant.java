package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.AuditedRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * One verb on one kind of object: the smallest part of a role that can be taken away.
 *
 * @param namespace where it holds; empty: in the whole cluster
 * @param group API group; empty: core
 * @param resource plural, with its subresource if any
 * @param name of the one object that it is for; empty: any
 */
record Grant(String namespace, String verb, String group, String resource, String name) {
    static Stream<Grant> of(String namespace, PolicyRule rule) {
        List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream()
                                .flatMap(verb -> names.stream()
                                        .map(name -> new Grant(namespace, verb, group, resource, name)))));
    }

    /** Whether a request needs it. */
    boolean covers(AuditedRequest request) {
        return verb.equals(request.verb())
                && group.equals(request.group())
                && resource.equals(request.resource())
                && (namespace.isEmpty() || namespace.equals(request.namespace()))
                && (name.isEmpty() || name.equals(request.name()));
    }

    /** The rule that gives this and nothing else. */
    PolicyRule rule() {
        return new PolicyRuleBuilder()
                .withVerbs(verb)
                .withApiGroups(group)
                .withResources(resource)
                .withResourceNames(name.isEmpty() ? List.of() : List.of(name))
                .build();
    }

    /** As the operator names a right that it lacks. */
    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + (name.isEmpty() ? "" : "/" + name)
                + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
}
