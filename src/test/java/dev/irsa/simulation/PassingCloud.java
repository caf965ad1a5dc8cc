package dev.irsa.simulation;

import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.ObservedRole;
import dev.irsa.plan.RoleChange;
import dev.irsa.port.Cloud;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Another cloud, seen through a defect. */
class PassingCloud implements Cloud {
    private final Cloud cloud;
    private final UnaryOperator<ObservedRole> seen;

    PassingCloud(Cloud cloud) {
        this(cloud, UnaryOperator.identity());
    }

    /** One whose roles look like this. */
    PassingCloud(Cloud cloud, UnaryOperator<ObservedRole> seen) {
        this.cloud = cloud;
        this.seen = seen;
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return cloud.role(name).map(seen);
    }

    @Override
    public Optional<Made> made(String name) {
        return cloud.made(name).map(made -> new Made(seen.apply(made.role()), made.at()));
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        return cloud.policies(roleName);
    }

    @Override
    public String create(RoleChange.CreateRole change) {
        return cloud.create(change);
    }

    @Override
    public void apply(RoleChange change) {
        cloud.apply(change);
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        return cloud.instanceProfiles(roleName);
    }
}
