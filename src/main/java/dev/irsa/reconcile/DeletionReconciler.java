package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.DeletionDecision;
import dev.irsa.core.plan.DeletionPlanner;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.plan.ServiceAccountPlanner;
import dev.irsa.port.Cloud.Made;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.Progress;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes back what was made: the ServiceAccount stops pointing at the role, the role goes or is set free, and only
 * then is the resource let go.
 */
final class DeletionReconciler {
    private final RecentWrites cloud;
    private final Cluster cluster;
    private final ServiceAccountConflictResolver claims;
    private final RoleRemoval removal;
    private final InstantSource clock;

    DeletionReconciler(
            RecentWrites cloud, Cluster cluster, ServiceAccountConflictResolver claims, InstantSource clock) {
        this.cloud = cloud;
        this.cluster = cluster;
        this.claims = claims;
        this.removal = new RoleRemoval(cloud, clock);
        this.clock = clock;
    }

    ReconcileResult of(
            IamServiceAccount resource,
            ResourceRef ref,
            ClusterIdentity identity,
            CachedRoleState memory,
            Progress progress) {
        if (memory.finalizer().isTakenOff()) {
            // The watch has yet to show that it has gone.
            return new ReconcileResult.Gone("");
        }
        ReconcileResult verdict = takeBack(resource, ref, identity, memory, progress);
        if (verdict instanceof ReconcileResult.Gone) {
            memory.finalizer().takenOff();
        }
        return verdict;
    }

    private ReconcileResult takeBack(
            IamServiceAccount resource,
            ResourceRef ref,
            ClusterIdentity identity,
            CachedRoleState memory,
            Progress progress) {
        IamServiceAccountSpec spec = resource.getSpec();
        RoleIdentity role = Desired.identity(ref.namespace(), ref.name(), spec, identity);
        if (spec.deletionPolicy() == null && cluster.definition() == CrdState.GOING) {
            throw new FailureException(lostDefinition(role.name()));
        }
        if (!cluster.uidNow(ref.namespace(), ref.name()).equals(Optional.of(ref.uid()))) {
            // A watch that is late shows one that has gone: another may have its name and its role.
            return new ReconcileResult.Gone("");
        }
        release(resource, ref, role, progress);
        cloud.lastWrite(role.name()).ifPresent(memory.doubt()::mayHaveWritten);
        // What IAM answers counts from when it was asked, however long this process was stopped since.
        Instant asked = clock.instant();
        Optional<Made> made = memory.doubt().deleted() ? Optional.empty() : cloud.made(role.name());
        if (made.isEmpty()) {
            Duration wait = memory.doubt().absent(asked);
            return wait.isZero() ? letGo(ref, "") : waitFor("IAM shows no role " + role.name(), wait);
        }
        memory.doubt().present();
        ObservedRole found = made.get().role();
        Duration doubt = doubt(resource, found, memory, asked);
        if (!doubt.isZero()) {
            return waitFor("IAM shows role " + role.name() + ", perhaps as it was before this resource", doubt);
        }
        memory.doubt().resourceMadeAt(Instant.parse(resource.getMetadata().getCreationTimestamp()));
        Instant roleMade = made.get().at();
        PreviousStatus.readySince(resource)
                .map(ready -> ready.isAfter(roleMade) ? ready : roleMade)
                .ifPresent(since -> memory.doubt().knownSince(since, clock.instant()));
        ObservedPolicies guess = memory.policies(found.id()).orElseGet(() -> policiesOf(ref, spec, identity));
        Optional<DeletionPolicy> policy = Optional.ofNullable(spec.deletionPolicy());
        return switch (DeletionPlanner.of(role, policy, found, guess, PreviousStatus.knownId(resource))) {
            case DeletionDecision.Removed(var changes) -> {
                String remark = removal.remove(role.name(), changes, guess, memory, progress);
                Duration wait = memory.doubt().absent(clock.instant());
                yield wait.isZero() ? letGo(ref, remark) : waitFor("IAM has removed role " + role.name(), wait);
            }
            case DeletionDecision.Retained(var changes) -> {
                removal.apply(changes, memory, progress);
                Duration wait = memory.doubt().unheardLeft(asked);
                yield wait.isZero() ? letGo(ref, "") : waitFor("role " + role.name() + " is set free", wait);
            }
            case DeletionDecision.NeverOurs(String why) -> {
                Duration wait = memory.doubt().unsettled(asked);
                yield wait.isZero() ? letGo(ref, why) : waitFor(why, wait);
            }
            case DeletionDecision.Blocked(String why) -> throw new FailureException(new Failure.DeletionBlocked(why));
        };
    }

    /**
     * How long what IAM shows may be the role of another resource that had the name before, and had left it to somebody
     * else since.
     */
    private static Duration doubt(
            IamServiceAccount resource, ObservedRole shown, CachedRoleState memory, Instant asked) {
        boolean known = PreviousStatus.knownId(resource).equals(shown.id())
                || memory.policies(shown.id()).isPresent();
        return known ? Duration.ZERO : memory.doubt().unsettled(asked);
    }

    /** Deleting the definition deletes every resource: hardly ever was it meant to delete every role. */
    private static Failure lostDefinition(String role) {
        return new Failure.DeletionBlocked("the CustomResourceDefinition is being deleted, and role " + role
                + " would go with it; to keep the role, remove the finalizer " + IamServiceAccount.FINALIZER
                + " (before that the ownerReferences of the ServiceAccount, or that goes), and apply crds/ and this"
                + " object again: it takes the role up where it was; to remove it, set spec.deletionPolicy to Delete");
    }

    private void release(IamServiceAccount resource, ResourceRef ref, RoleIdentity role, Progress progress) {
        String name = Desired.serviceAccountName(ref.name(), resource.getSpec());
        // What a watch has shown may lack a pointer that was set since, whose answer nobody heard.
        var observed = cluster.serviceAccountNow(ref.namespace(), name);
        for (Change change : ServiceAccountPlanner.release(name, role.arn(), observed, ref.uid(), claims.heir(resource))
                .changes()) {
            cluster.apply(ref, (ServiceAccountChange) change);
            progress.done(change);
        }
    }

    private ReconcileResult letGo(ResourceRef ref, String remark) {
        cluster.removeFinalizer(ref);
        return new ReconcileResult.Gone(remark);
    }

    private static ReconcileResult waitFor(String answer, Duration wait) {
        return new ReconcileResult.Failed(
                new Failure.DeletionBlocked(
                        answer + ", which is believed once IAM has said so for a while; nothing needs to be done"),
                Optional.of(wait));
    }

    /** After a restart the policies are taken from the spec; what it does not know, IAM's refusal will tell. */
    private static ObservedPolicies policiesOf(ResourceRef ref, IamServiceAccountSpec spec, ClusterIdentity identity) {
        return switch (Desired.of(ref.namespace(), ref.name(), spec, identity)) {
            case Desired.Wanted(var role, var serviceAccount) -> ChangeEffect.policies(role);
            case Desired.Refused(var failure) -> ObservedPolicies.NONE;
        };
    }
}
