package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.TemplatePolicies;
import dev.irsa.core.entitlement.EntitlementRequest.TemplateRequest;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.core.template.TemplateContext;
import dev.irsa.port.EntitlementSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Renders the policy templates that resources use, and counts their users. */
final class TemplateRenderer {
    private final EntitlementSource source;
    private final Runnable changed;
    private final Map<String, List<String>> usedByUid = new ConcurrentHashMap<>();
    private final ParsedVersions<IamPolicyTemplate, PolicyTemplate> parsed = new ParsedVersions<>();

    /** @param changed runs when a template has other users than before */
    TemplateRenderer(EntitlementSource source, Runnable changed) {
        this.source = source;
        this.changed = changed;
    }

    /** Returns the role with the policies of the templates that the resource uses. */
    static DesiredRole render(
            IamServiceAccount resource,
            DesiredRole role,
            ClusterIdentity identity,
            Map<String, PolicyTemplate> templates) {
        return role.withTemplates(TemplatePolicies.of(
                resource.getSpec().policies().templates(), templates, context(resource, identity), role.inline()));
    }

    /** Returns what an entitlement has to allow: each use with its values, and with the defaults of the template. */
    static List<TemplateRequest> requests(IamServiceAccount resource, Map<String, PolicyTemplate> templates) {
        return resource.getSpec().policies().templates().stream()
                .map(use -> new TemplateRequest(
                        use.name(),
                        Optional.ofNullable(templates.get(use.name()))
                                .map(template -> template.effectiveValues(use.parameters()))
                                .orElseGet(() -> new TreeMap<>(use.parameters())),
                        new TreeSet<>(use.parameters().keySet()),
                        templates.containsKey(use.name())))
                .toList();
    }

    private static TemplateContext context(IamServiceAccount resource, ClusterIdentity identity) {
        return new TemplateContext(
                identity.account().partition(),
                identity.account().id(),
                identity.delivery().region(),
                identity.name(),
                resource.getMetadata().getNamespace(),
                serviceAccount(resource));
    }

    /** Returns the ServiceAccount of the resource; of several, the one with its name, or else the first by name. */
    private static String serviceAccount(IamServiceAccount resource) {
        String own = resource.getMetadata().getName();
        List<String> names = Desired.serviceAccountNames(own, resource.getSpec());
        return names.contains(own) ? own : names.getFirst();
    }

    /** Returns the templates that the resource may use; none if it uses none, so that nothing is read for it. */
    Map<String, PolicyTemplate> templatesFor(IamServiceAccount resource) {
        return resource.getSpec().policies().templates().isEmpty() ? Map.of() : templates();
    }

    /** Returns the templates by name, as last observed. Each version of each is parsed once. */
    Map<String, PolicyTemplate> templates() {
        return parsed
                .of(
                        source.policyTemplates(),
                        template -> PolicyTemplate.of(
                                template.getMetadata().getName(),
                                template.getMetadata().getGeneration(),
                                template.getSpec()))
                .stream()
                .collect(Collectors.toMap(PolicyTemplate::name, template -> template));
    }

    /** Records which templates a resource uses, whether or not they can be rendered. */
    void record(IamServiceAccount resource) {
        List<String> used = resource.getSpec().policies().templates().stream()
                .map(TemplateUse::name)
                .distinct()
                .toList();
        String uid = resource.getMetadata().getUid();
        List<String> before = used.isEmpty() ? usedByUid.remove(uid) : usedByUid.put(uid, used);
        if (!used.equals(before == null ? List.of() : before)) {
            changed.run();
        }
    }

    /** Forgets a resource that no longer exists. */
    void forget(String uid) {
        if (usedByUid.remove(uid) != null) {
            changed.run();
        }
    }

    /** Returns how many resources use each template. */
    Map<String, Integer> users() {
        return usedByUid.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(name -> name, name -> 1, Integer::sum));
    }
}
