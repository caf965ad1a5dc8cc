package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import java.util.Set;
import java.util.TreeSet;

/** Decides which policies stay on a role although no spec asks for them. */
public final class RetainedPolicies {
    private RetainedPolicies() {}

    /** Returns the policies that are not in the spec and stay on the role, because they are protected or only deny. */
    public static Set<String> of(DesiredRole desired, ObservedPolicies policies) {
        TreeSet<String> left = new TreeSet<>();
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn)
                    && desired.protection().managed().protects(arn)) {
                left.add(arn);
            }
        }
        policies.inline().forEach((name, document) -> {
            if (!desired.inline().containsKey(name) && document.onlyDenies()) {
                left.add(name);
            }
        });
        return left;
    }
}
