package dev.irsa.metrics;

import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.port.ActivityListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts the changes by kind. All counters exist from the start. Otherwise Prometheus would not see the first change of a
 * kind as an increase.
 */
final class ChangeMetrics implements ActivityListener {
    static final List<Class<? extends Change>> KINDS = List.of(
            RoleChange.CreateRole.class,
            RoleChange.PutRolePermissionsBoundary.class,
            RoleChange.UpdateAssumeRolePolicy.class,
            RoleChange.UpdateRole.class,
            RoleChange.TagRole.class,
            RoleChange.UntagRole.class,
            RoleChange.AttachRolePolicy.class,
            RoleChange.PutRolePolicy.class,
            RoleChange.DetachRolePolicy.class,
            RoleChange.DeleteRolePolicy.class,
            RoleChange.DeleteRole.class,
            AssociationChange.CreatePodIdentityAssociation.class,
            AssociationChange.UpdatePodIdentityAssociation.class,
            AssociationChange.DeletePodIdentityAssociation.class,
            ServiceAccountChange.CreateServiceAccount.class,
            ServiceAccountChange.AnnotateServiceAccount.class,
            ServiceAccountChange.ReleaseServiceAccount.class,
            ServiceAccountChange.DiscardServiceAccount.class);

    private final Map<Class<?>, Counter> changes;
    private final Map<Class<?>, Counter> drift;

    ChangeMetrics(MeterRegistry registry) {
        changes = counters(registry, "irsa.changes", "Changes made to IAM roles, associations, and ServiceAccounts");
        drift = counters(registry, "irsa.drift", "Changes that repaired drift");
    }

    private static Map<Class<?>, Counter> counters(MeterRegistry registry, String name, String description) {
        return KINDS.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        kind -> Counter.builder(name)
                                .description(description)
                                .tag("change", kind.getSimpleName())
                                .register(registry)));
    }

    @Override
    public void changed(Change change, boolean repaired) {
        count(changes, change);
        if (repaired) {
            count(drift, change);
        }
    }

    private static void count(Map<Class<?>, Counter> counters, Change change) {
        Counter counter = counters.get(change.getClass());
        if (counter != null) {
            counter.increment();
        }
    }
}
