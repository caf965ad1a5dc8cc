package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.AuditedRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * One verb on one resource, the smallest part of a role that can be removed.
 *
 * @param namespace scope of the permission; empty for the whole cluster
 * @param group API group; empty for the core group
 * @param resource plural, with the subresource if any
 * @param name the only allowed object; empty for any
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

    /** Returns whether a request needs this permission. */
    boolean covers(AuditedRequest request) {
        return verb.equals(request.verb())
                && group.equals(request.group())
                && resource.equals(request.resource())
                && (namespace.isEmpty() || namespace.equals(request.namespace()))
                && (name.isEmpty() || name.equals(request.name()));
    }

    /** Returns the rule that grants only this permission. */
    PolicyRule rule() {
        return new PolicyRuleBuilder()
                .withVerbs(verb)
                .withApiGroups(group)
                .withResources(resource)
                .withResourceNames(name.isEmpty() ? List.of() : List.of(name))
                .build();
    }

    /** Formats the permission as the operator reports a missing one. */
    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + (name.isEmpty() ? "" : "/" + name)
                + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
}
