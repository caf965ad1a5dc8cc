package dev.irsa.kubectl.preview;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import dev.irsa.api.v1beta1.ServiceAccountStatus;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.text.Documentation;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.KnownPolicies;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleReads;
import dev.irsa.port.Timing;
import dev.irsa.reconcile.AccountGuard;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.ReconcilePorts;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.ExistingRoles;
import dev.irsa.reconcile.status.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the operator would do for a resource, by running its own reconcile over ports that record each write instead of
 * making it. One preview decides on many resources, so that they share quotas as they would in the operator.
 */
public final class ReconcilePreview {
    private static final Duration SLOWEST_RETRY = Duration.ofMinutes(10);

    private final Recording recording = new Recording();
    private final IamServiceAccountReconciler reconciler;

    /**
     * What a preview reads.
     *
     * @param provider the state of the cluster's OIDC provider
     * @param podIdentity whether the cluster has EKS Pod Identity; read only if that may change the plan
     * @param policies the managed policies that can be read
     */
    public record Ports(
            RoleReads roles,
            AssociationReads associations,
            ClusterReads cluster,
            EntitlementSource entitlements,
            OidcProviderState provider,
            Supplier<PodIdentityAvailability> podIdentity,
            KnownPolicies policies) {}

    /**
     * Creates a preview.
     *
     * @param audiences that resources may use
     * @param clock the time that a status shows
     */
    public ReconcilePreview(Ports ports, ClusterIdentity identity, Set<String> audiences, InstantSource clock) {
        // It has written nothing: what AWS shows now is what it plans with.
        ReconcileSettings settings = new ReconcileSettings(
                false,
                Duration.ZERO,
                SLOWEST_RETRY,
                Integer.MAX_VALUE,
                audiences,
                false,
                Duration.ZERO,
                Documentation.HOME);
        this.reconciler = new IamServiceAccountReconciler(
                new ReconcilePorts(
                        AccountGuard.managing(() -> identity),
                        ports::provider,
                        new RecordingRoles(ports.roles(), recording),
                        new RecordingAssociations(ports.associations(), recording),
                        ports.podIdentity(),
                        new RecordingCluster(ports.cluster(), recording),
                        ports.policies()),
                new EntitlementAuthorizer(
                        identity.account().name(),
                        ports.entitlements(),
                        audiences,
                        () -> {},
                        requeued -> {},
                        ExistingRoles.assumed()),
                settings,
                requeued -> {},
                new Timing(clock, clock, () -> new Random(0)));
    }

    /**
     * Returns what one reconcile of the resource would do. A failure to read is in the condition, as it is in the status of a
     * resource.
     */
    public Preview of(IamServiceAccount given) {
        recording.clear();
        return reconciled(given);
    }

    private Preview reconciled(IamServiceAccount given) {
        recording.clearWrites();
        IamServiceAccount resource = recorded(given);
        reconciler.assumeEntitled(ResourceRef.of(resource));
        Outcome outcome = reconciler.reconcile(resource);
        if (waitsForSweep(outcome)) {
            // A resource that is up to date waits for the first sweep to read its role.
            reconciler.roleSweepListener().requestRead(ResourceRef.of(resource));
            outcome = reconciler.reconcile(resource);
        }
        Optional<Condition> unchanged = resource.isMarkedForDeletion() ? Optional.empty() : resource.ready();
        Optional<Condition> ready =
                outcome.status().map(ReconcilePreview::ready).orElse(unchanged);
        return new Preview(
                recording.changes(),
                recording.finalizerAdded() && !resource.hasFinalizer(IamServiceAccount.FINALIZER),
                ready,
                outcome.remarks(),
                recording.failedReads());
    }

    /**
     * Returns what the operator would do once a suspended resource is resumed. Users have then seen the changes that are pending
     * now. For any other resource, this is what one reconcile would do.
     */
    public Preview ofResumed(IamServiceAccount given) {
        if (!given.getSpec().suspend() || given.isMarkedForDeletion()) {
            return of(resumed(given, given.getStatus()));
        }
        recording.clear();
        Optional<IamServiceAccountStatus> pending = reconciler.reconcile(given).status();
        return reconciled(resumed(given, pending.orElse(given.getStatus())));
    }

    private static IamServiceAccount resumed(IamServiceAccount resource, @Nullable IamServiceAccountStatus status) {
        return copy(resource, resource.getSpec().resumed(), status);
    }

    private static IamServiceAccount copy(
            IamServiceAccount resource, IamServiceAccountSpec spec, @Nullable IamServiceAccountStatus status) {
        IamServiceAccount copy = new IamServiceAccount();
        copy.setMetadata(resource.getMetadata());
        copy.setSpec(spec);
        copy.setStatus(status);
        return copy;
    }

    /** The operator records ServiceAccounts in the status before it changes them, and then goes on. */
    private static IamServiceAccount recorded(IamServiceAccount resource) {
        List<String> listed = resource.getSpec().serviceAccounts().stream()
                .map(ServiceAccountSpec::name)
                .toList();
        if (listed.isEmpty() || resource.isMarkedForDeletion()) {
            return resource;
        }
        IamServiceAccountStatus status =
                Objects.requireNonNullElse(resource.getStatus(), IamServiceAccountStatus.UNSEEN);
        List<ServiceAccountStatus> recorded = new ArrayList<>(status.serviceAccounts());
        recorded.removeIf(known -> listed.contains(known.name()));
        listed.forEach(name -> recorded.add(new ServiceAccountStatus(name, false, List.of(Delivery.values()))));
        return copy(resource, resource.getSpec(), status.withServiceAccounts(recorded));
    }

    private static boolean waitsForSweep(Outcome outcome) {
        return outcome.status().isEmpty()
                && outcome.changes().isEmpty()
                && outcome.requeueAfter().isEmpty();
    }

    private static Optional<Condition> ready(IamServiceAccountStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst();
    }
}
