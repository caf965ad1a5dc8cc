package dev.irsa.core.plan;

import dev.irsa.api.v1alpha1.Management;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Heir;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** How a ServiceAccount comes to point at its role, and how it stops. */
public final class ServiceAccountPlanner {
    private ServiceAccountPlanner() {}

    /**
     * The way to the desired ServiceAccount.
     *
     * @param owner UID of the resource
     */
    public static Plan point(DesiredServiceAccount desired, ObservedServiceAccount observed, String owner) {
        if (desired.management() == Management.Ignore) {
            return Plan.NOTHING;
        }
        return switch (observed) {
            case ObservedServiceAccount.Absent() ->
                desired.management() == Management.Manage
                        ? Plan.of(List.of(new CreateServiceAccount(desired.name(), desired.annotations())))
                        : Plan.refused(new Failure.ServiceAccountMissing(desired.name()));
            case ObservedServiceAccount.Present present ->
                annotate(desired, present, present.owners().contains(owner));
        };
    }

    private static Plan annotate(DesiredServiceAccount desired, ObservedServiceAccount.Present present, boolean made) {
        TreeSet<String> obsolete = new TreeSet<>(present.ours());
        obsolete.removeAll(desired.annotations().keySet());
        boolean alike = desired.annotations().entrySet().stream()
                .allMatch(
                        wanted -> wanted.getValue().equals(present.annotations().get(wanted.getKey())));
        if (alike && obsolete.isEmpty()) {
            return Plan.NOTHING;
        }
        if (!made) {
            for (var wanted : desired.annotations().entrySet()) {
                String key = wanted.getKey();
                String found = present.annotations().get(key);
                if (found != null
                        && !found.equals(wanted.getValue())
                        && !present.ours().contains(key)) {
                    return Plan.refused(taken(desired.name(), key, found));
                }
            }
        }
        return Plan.of(List.of(
                new AnnotateServiceAccount(desired.name(), present.uid(), made, desired.annotations(), obsolete)));
    }

    /** The ServiceAccount was there before us and somebody else set this annotation. */
    public static Failure taken(String serviceAccount, String key, String value) {
        return new Failure.ServiceAccountConflict("ServiceAccount " + serviceAccount + " has " + key + "=" + value
                + ", set by somebody else; remove it (kubectl annotate serviceaccount " + serviceAccount + " " + key
                + "-), or set spec.serviceAccount.management to Ignore");
    }

    /**
     * The way to a ServiceAccount that no longer points at {@code roleArn}. One that was there before us loses what
     * is ours, also when somebody else has pointed it elsewhere since; a pointer elsewhere that is ours is that of
     * another resource, which has it now. One that we made and that points elsewhere stays as it is, but when we made it and another resource needs it, it is handed over all the same: otherwise it
     * would go with its maker.
     */
    public static Plan release(
            String name, String roleArn, ObservedServiceAccount observed, String owner, Optional<Heir> heir) {
        if (!(observed instanceof ObservedServiceAccount.Present present)) {
            return Plan.NOTHING;
        }
        boolean made = present.owners().contains(owner);
        boolean points = Objects.equals(roleArn, present.annotations().get(DesiredServiceAccount.ROLE_ARN));
        TreeSet<String> obsolete = new TreeSet<>();
        boolean anothers = !points && present.ours().contains(DesiredServiceAccount.ROLE_ARN);
        if (made && points) {
            obsolete.addAll(present.annotations().keySet());
        } else if (!made && !anothers) {
            obsolete.addAll(present.ours());
        }
        Optional<Heir> to = made ? heir : Optional.empty();
        if (obsolete.isEmpty() && to.isEmpty()) {
            return Plan.NOTHING;
        }
        return Plan.of(List.of(new ReleaseServiceAccount(name, present.uid(), made, obsolete, to)));
    }
}
