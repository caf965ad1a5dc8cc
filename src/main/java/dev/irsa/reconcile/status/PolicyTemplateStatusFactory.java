package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamPolicyTemplate;
import dev.irsa.api.v1alpha1.IamPolicyTemplateStatus;
import dev.irsa.core.failure.Reason;
import java.time.InstantSource;
import java.util.List;

/** Turns what is known of a policy template into its status, with conditions as {@link StatusFactory} makes them. */
public final class PolicyTemplateStatusFactory {
    private final ValidityConditions conditions;

    public PolicyTemplateStatusFactory(InstantSource clock) {
        this.conditions = new ValidityConditions(clock);
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
                conditions.of(template, previous, problems, Reason.TemplateInvalid, "template is valid"));
    }
}
