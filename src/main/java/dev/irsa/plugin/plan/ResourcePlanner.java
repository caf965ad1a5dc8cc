package dev.irsa.plugin.plan;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.port.OperatorSettings;
import dev.irsa.reconcile.preview.Preview;
import dev.irsa.reconcile.preview.PreviewPorts;
import dev.irsa.reconcile.preview.ReconcilePreview;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Plans what the operator would do, by the operator's own reconcile. */
public final class ResourcePlanner {
    private final OperatorSettings settings;
    private final AppliedResources applied;
    private final boolean deletes;
    private final PlannedCluster cluster;
    private final Optional<CheckedRoles> roles;
    private final Optional<ReconcilePreview> compared;
    private final LastAppliedPreview lastApplied;
    private final List<String> warnings = new ArrayList<>();
    private final Function<Failure, String> problem;

    /**
     * Creates a planner.
     *
     * @param manifests what would be applied
     * @param deletes whether the resources of the manifests would be deleted instead
     * @param problem words a failure to read AWS for the user whose credentials were used
     */
    public ResourcePlanner(
            PlanSources sources,
            OperatorSettings settings,
            Manifests manifests,
            boolean deletes,
            Function<Failure, String> problem,
            InstantSource clock) {
        this.settings = settings;
        this.deletes = deletes;
        this.problem = problem;
        this.applied = new AppliedResources(sources.entitlements(), manifests, clock.instant(), deletes);
        this.cluster = new PlannedCluster(sources.cluster(), sources.entitlements(), manifests, applied);
        this.roles = sources.aws().map(aws -> new CheckedRoles(aws.roles()));
        this.compared = sources.aws()
                .map(aws -> new ReconcilePreview(
                        new PreviewPorts(
                                roles.orElseThrow(),
                                aws.associations(),
                                cluster,
                                cluster,
                                aws.provider(),
                                sources.podIdentity()),
                        settings.identity(),
                        settings.audiences(),
                        clock));
        this.lastApplied = new LastAppliedPreview(sources, settings, cluster, clock);
    }

    /**
     * Plans these resources in order. A resource that was planned counts for the quotas of the next.
     *
     * @throws FailureException if the user may not read the cluster
     */
    public PlanResult plan(List<IamServiceAccount> resources, Consumer<String> progress) {
        List<PlannedResource> planned = new ArrayList<>();
        for (IamServiceAccount resource : resources) {
            progress.accept(Manifests.key(resource.getMetadata()));
            planned.add(plan(resource));
        }
        return new PlanResult(planned, compared.isPresent() && warnings.isEmpty(), warnings);
    }

    private PlannedResource plan(IamServiceAccount given) {
        if (!settings.watches(given.getMetadata().getNamespace())) {
            return without(
                    given,
                    PlanAction.ignored,
                    "the operator watches only the namespaces " + settings.namespaces() + " (--watch-namespaces)");
        }
        Optional<IamServiceAccount> before = applied.before(given);
        if (deletes && before.isEmpty()) {
            return without(given, PlanAction.none, "it is not in the cluster");
        }
        IamServiceAccount resource = applied.of(given);
        Optional<String> violation =
                before.flatMap(live -> ImmutableFields.violation(live.getSpec(), resource.getSpec()));
        if (violation.isPresent()) {
            return without(given, PlanAction.refused, violation.get());
        }
        // A reconcile would report a failure of this read as a problem of the operator.
        cluster.serviceAccount(
                resource.getMetadata().getNamespace(),
                Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec()));
        Preview preview = preview(resumed(resource), before);
        if (resource.getSpec().suspend()) {
            return new PlannedResource(
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName(),
                    PlanAction.suspended,
                    preview.changes(),
                    preview.addsFinalizer(),
                    Reason.Suspended.name(),
                    "the operator makes these changes once spec.suspend is false");
        }
        return new PlannedResource(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                action(resource, preview),
                preview.changes(),
                preview.addsFinalizer(),
                preview.ready().map(Condition::reason).orElse(""),
                preview.ready().map(Condition::message).orElse(""));
    }

    private Preview preview(IamServiceAccount resource, Optional<IamServiceAccount> before) {
        if (compared.isEmpty()) {
            return lastApplied.of(resource, before);
        }
        roles.orElseThrow().reset();
        Preview preview = compared.get().of(resource);
        Optional<Failure> failure = roles.orElseThrow().failure();
        if (failure.isEmpty()) {
            return preview;
        }
        String warning = "not compared with IAM: " + problem.apply(failure.get());
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
        return lastApplied.of(resource, before);
    }

    private static PlannedResource without(IamServiceAccount resource, PlanAction action, String message) {
        return new PlannedResource(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                action,
                List.of(),
                false,
                action == PlanAction.refused ? Reason.InvalidSpec.name() : "",
                message);
    }

    /** Returns the resource as if it were not suspended. A suspended resource lists the same changes in its status. */
    static IamServiceAccount resumed(IamServiceAccount resource) {
        IamServiceAccountSpec spec = resource.getSpec();
        IamServiceAccount copy = new IamServiceAccount();
        copy.setMetadata(resource.getMetadata());
        copy.setStatus(resource.getStatus());
        copy.setSpec(new IamServiceAccountSpec(
                spec.serviceAccount(),
                spec.role(),
                spec.policies(),
                spec.token(),
                spec.deletionPolicy(),
                false,
                spec.delivery()));
        return copy;
    }

    private static PlanAction action(IamServiceAccount resource, Preview preview) {
        if (preview.ready().isEmpty()) {
            return PlanAction.delete;
        }
        Condition ready = preview.ready().get();
        if (preview.writes()) {
            if (resource.isMarkedForDeletion()) {
                return PlanAction.delete;
            }
            return preview.changes().stream().anyMatch(CreateRole.class::isInstance)
                    ? PlanAction.create
                    : PlanAction.change;
        }
        if (ready.status().equals("True")) {
            return PlanAction.none;
        }
        return PlannedResource.isStalled(ready.reason()) ? PlanAction.refused : PlanAction.waiting;
    }
}
