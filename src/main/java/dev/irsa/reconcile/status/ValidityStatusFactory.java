package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamPolicyTemplateStatus;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.text.Documentation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Builds the statuses of entitlements and policy templates, which are valid or not and for which nothing is done. Their conditions
 * are like those that {@link StatusFactory} makes.
 */
public final class ValidityStatusFactory {
    /** How many other entitlements a message names. */
    private static final int MAX_NAMED = 3;

    private final ConditionTransitions conditions;

    public ValidityStatusFactory(InstantSource clock) {
        // Their messages name no page.
        this.conditions = new ConditionTransitions(clock, Documentation.HOME);
    }

    /**
     * Returns the status of an entitlement.
     *
     * @param served how many resources it allows
     * @param problems what is wrong with it; empty if it can be used
     * @param differing other entitlements that select the same namespace and require something else, with that namespace
     */
    public IamEntitlementStatus of(
            IamEntitlement entitlement, int served, List<String> problems, SortedMap<String, String> differing) {
        IamEntitlementStatus before = entitlement.getStatus();
        List<Condition> previous = before == null ? List.of() : before.conditions();
        return new IamEntitlementStatus(
                entitlement.getMetadata().getGeneration(),
                served,
                conditions(
                        entitlement,
                        previous,
                        problems,
                        Reason.InvalidSpec,
                        "entitlement is valid" + unbounded(entitlement) + warning(differing)));
    }

    private static String unbounded(IamEntitlement entitlement) {
        return entitlement.getSpec().require().permissionsBoundaryARN() == null
                ? "; it requires no permissions boundary"
                : "";
    }

    private static String warning(SortedMap<String, String> differing) {
        if (differing.isEmpty()) {
            return "";
        }
        String others = differing.entrySet().stream()
                .limit(MAX_NAMED)
                .map(other -> other.getKey() + " (in namespace " + other.getValue() + ")")
                .collect(Collectors.joining(", "));
        int more = differing.size() - MAX_NAMED;
        return "; what is required of a role depends on which entitlement allows it, because others that select the same"
                + " namespaces differ in require: " + others + (more > 0 ? " and " + more + " more" : "")
                + "; make them equal, or let each namespace be selected by one of them";
    }

    /**
     * Returns the status of a template.
     *
     * @param usedBy how many resources use it
     * @param problems what is wrong with it; empty if it can be used
     */
    public IamPolicyTemplateStatus of(IamPolicyTemplate template, int usedBy, List<String> problems) {
        IamPolicyTemplateStatus before = template.getStatus();
        List<Condition> previous = before == null ? List.of() : before.conditions();
        return new IamPolicyTemplateStatus(
                template.getMetadata().getGeneration(),
                usedBy,
                conditions(template, previous, problems, Reason.TemplateInvalid, "template is valid"));
    }

    /** Returns Ready, and Stalled if there are problems. */
    private List<Condition> conditions(
            HasMetadata object, List<Condition> before, List<String> problems, Reason invalid, String valid) {
        long generation = object.getMetadata().getGeneration();
        if (problems.isEmpty()) {
            return List.of(conditions.of(before, generation, "Ready", "True", "Valid", valid));
        }
        String wrong = String.join("; ", problems);
        return List.of(
                conditions.of(before, generation, "Ready", "False", invalid.name(), wrong),
                conditions.of(before, generation, "Stalled", "True", invalid.name(), wrong));
    }
}
