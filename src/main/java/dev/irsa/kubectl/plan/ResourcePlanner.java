package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.kubectl.plan.PlanSources.Obstacle;
import dev.irsa.kubectl.preview.Preview;
import dev.irsa.kubectl.preview.Preview.Service;
import dev.irsa.kubectl.preview.ReconcilePreview;
import dev.irsa.port.KnownPolicies;
import dev.irsa.port.OperatorSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Plans what the operator would do, by the operator's own reconcile. */
public final class ResourcePlanner {
    private final OperatorSettings settings;
    private final AppliedResources applied;
    private final boolean deletes;
    private final PlannedCluster cluster;
    private final Optional<PlanSources.Aws> aws;
    private final Optional<Obstacle> obstacle;
    private final Optional<ReconcilePreview> compared;
    private final LastAppliedPreview lastApplied;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Function<Failure, String> problem;
    private boolean comparedWithIam;
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
        this.cluster = new PlannedCluster(sources.cluster(), sources.entitlements(), manifests, applied, warnings::add);
        this.aws = sources.aws();
        this.obstacle = sources.obstacle();
        KnownPolicies policies = aws.<KnownPolicies>map(
                        reads -> new ReadablePolicies(reads.policies(), problem, warnings::add))
                .orElse(KnownPolicies.NONE);
        this.lastApplied = new LastAppliedPreview(sources, settings, cluster, policies, clock);
        this.compared = aws.map(reads -> lastApplied.over(reads.roles(), reads.associations(), reads.provider()));
        this.comparedWithIam = aws.isPresent()
                || obstacle.filter(why -> why.action() == PlanAction.refused).isPresent();
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
        return new PlanResult(planned, comparedWithIam, List.copyOf(warnings));
    }

    private PlannedResource plan(IamServiceAccount given) {
        if (!settings.watches(given.getMetadata().getNamespace())) {
            return without(
                    given,
                    PlanAction.ignored,
                    "the operator watches only the namespaces " + settings.namespaces() + " (--watch-namespace)");
        }
        Optional<IamServiceAccount> before = applied.before(given);
        if (deletes && before.isEmpty()) {
            return without(given, PlanAction.none, "it is not in the cluster");
        }
        IamServiceAccount resource = applied.of(given);
        Optional<String> violation = before.flatMap(live ->
                ImmutableFields.violation(resource.getMetadata().getName(), live.getSpec(), resource.getSpec()));
        if (violation.isPresent()) {
            return without(given, PlanAction.refused, violation.get());
        }
        if (obstacle.isPresent()) {
            Obstacle why = obstacle.get();
            return without(given, why.action(), why.reason(), why.message());
        }
        // A reconcile would report a failure of this read as a problem of the operator.
        Desired.serviceAccountNames(resource.getMetadata().getName(), resource.getSpec())
                .forEach(name -> cluster.serviceAccount(resource.getMetadata().getNamespace(), name));
        Preview preview = preview(resource, before);
        Optional<Condition> ready = preview.ready();
        boolean suspended = resource.getSpec().suspend() && !deletes;
        // What prevents the changes matters more than that they wait.
        boolean waits = suspended && isReady(ready);
        return new PlannedResource(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                suspended ? suspended(ready) : action(resource, preview),
                preview.changes(),
                preview.addsFinalizer(),
                waits ? Reason.Suspended.name() : ready.map(Condition::reason).orElse(""),
                waits
                        ? "the operator makes these changes once spec.suspend is false"
                        : ready.map(Condition::message).orElse(""),
                waits || isReady(ready) ? preview.remarks() : List.of());
    }

    private static boolean isReady(Optional<Condition> ready) {
        return ready.filter(condition -> condition.status().equals("True")).isPresent();
    }

    /** Returns what a reconcile would do. What the user may not read in AWS is taken to be as it was last applied. */
    private Preview preview(IamServiceAccount resource, Optional<IamServiceAccount> before) {
        if (compared.isEmpty()) {
            return lastApplied.of(resource, before);
        }
        Preview preview = compared.get().ofResumed(resource);
        Failure association = preview.failedReads().get(Service.EKS);
        if (association != null) {
            warn(Service.EKS, association);
            PlanSources.Aws reads = aws.orElseThrow();
            preview = lastApplied.of(resource, before, reads.roles(), reads.provider());
        }
        Failure role = preview.failedReads().get(Service.IAM);
        if (role != null) {
            comparedWithIam = false;
            warn(Service.IAM, role);
            preview = lastApplied.of(resource, before);
        }
        return preview;
    }

    private void warn(Service service, Failure failure) {
        warnings.add("not compared with " + service + ": " + problem.apply(failure));
    }

    private static PlannedResource without(IamServiceAccount resource, PlanAction action, String message) {
        return without(resource, action, action == PlanAction.refused ? Reason.InvalidSpec.name() : "", message);
    }

    private static PlannedResource without(
            IamServiceAccount resource, PlanAction action, String reason, String message) {
        return new PlannedResource(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                action,
                List.of(),
                false,
                reason,
                message,
                List.of());
    }

    private static PlanAction suspended(Optional<Condition> ready) {
        return ready.map(Condition::reason).filter(PlannedResource::isStalled).isPresent()
                ? PlanAction.refused
                : PlanAction.suspended;
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
