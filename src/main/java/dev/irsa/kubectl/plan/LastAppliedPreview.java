package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.kubectl.preview.Preview;
import dev.irsa.kubectl.preview.ReconcilePreview;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.KnownPolicies;
import dev.irsa.port.OperatorSettings;
import dev.irsa.port.RoleReads;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Previews a resource without AWS, or without EKS. Its role is taken to be what the resource asks for that is in the cluster now,
 * so the preview shows what an edit changes, and no drift. Its association is taken to be the one in its status.
 */
record LastAppliedPreview(
        PlanSources sources,
        OperatorSettings settings,
        PlannedCluster cluster,
        KnownPolicies policies,
        InstantSource clock) {
    /**
     * Returns what a reconcile would do.
     *
     * @param before the resource that is in the cluster now
     */
    Preview of(IamServiceAccount resource, Optional<IamServiceAccount> before) {
        LastAppliedRoles roles = before.map(this::roles).orElse(LastAppliedRoles.NONE);
        return of(resource, before, roles, assumedProvider());
    }

    /** Returns what a reconcile would do that reads these roles. */
    Preview of(
            IamServiceAccount resource,
            Optional<IamServiceAccount> before,
            RoleReads roles,
            OidcProviderState provider) {
        return over(roles, associations(resource, before), provider).ofResumed(resource);
    }

    /** Returns a preview over these reads of AWS. */
    ReconcilePreview over(RoleReads roles, AssociationReads associations, OidcProviderState provider) {
        return over(roles, associations, cluster, provider);
    }

    private ReconcilePreview over(
            RoleReads roles,
            AssociationReads associations,
            EntitlementSource entitlements,
            OidcProviderState provider) {
        return new ReconcilePreview(
                new ReconcilePreview.Ports(
                        roles, associations, cluster, entitlements, provider, sources.podIdentity(), policies),
                settings.identity(),
                settings.audiences(),
                clock);
    }

    private OidcProviderState assumedProvider() {
        return new OidcProviderState.Unreadable(Optional.of(settings.identity().oidcProvider()));
    }

    /** Returns the role that the operator would create for the resource, if the operator has created one. */
    private LastAppliedRoles roles(IamServiceAccount before) {
        Optional<RoleStatus> role = Optional.ofNullable(before.getStatus()).map(IamServiceAccountStatus::role);
        return role.flatMap(known -> state(before, known.id()))
                .map(state -> new LastAppliedRoles(Map.of(state.role().name(), state)))
                .orElse(LastAppliedRoles.NONE);
    }

    private Optional<RoleState> state(IamServiceAccount before, String id) {
        ObjectMeta metadata = new ObjectMetaBuilder(before.getMetadata())
                .withDeletionTimestamp(null)
                .build();
        IamServiceAccount fresh = AppliedResources.resource(metadata, before, IamServiceAccountStatus.UNSEEN);
        // The entitlements may have changed since. The operator keeps a role that they no longer allow.
        return created(fresh, id, EarlierEntitlements.of(sources.entitlements()))
                .or(() -> created(
                        fresh, id, new EarlierEntitlements(() -> List.of(everything(fresh)), sources.entitlements())));
    }

    private IamEntitlement everything(IamServiceAccount resource) {
        return ReadableEntitlements.everything(settings.identity().account(), List.of(resource));
    }

    private Optional<RoleState> created(IamServiceAccount fresh, String id, EntitlementSource entitlements) {
        LastAppliedAssociations none = new LastAppliedAssociations(List.of());
        Preview creation = over(LastAppliedRoles.NONE, none, entitlements, assumedProvider())
                .ofResumed(fresh);
        Optional<RoleState> state = Optional.empty();
        for (Change change : creation.changes()) {
            if (change instanceof CreateRole(var desired)) {
                state = Optional.of(ChangeEffect.created(desired, id));
            } else if (change instanceof RoleChange next) {
                state = state.flatMap(known -> ChangeEffect.of(next, known));
            }
        }
        return state;
    }

    private AssociationReads associations(IamServiceAccount resource, Optional<IamServiceAccount> before) {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        Stream<IamServiceAccountStatus> status = before.stream().map(IamServiceAccount::getStatus);
        return new LastAppliedAssociations(status.filter(
                        known -> known.podIdentity() != null && known.role() != null && known.roleARN() != null)
                .flatMap(known -> known.podIdentity().associations().stream()
                        .map(association -> observed(association, namespace, name, known.roleARN())))
                .toList());
    }

    private ObservedAssociation observed(AssociationStatus association, String namespace, String name, String roleArn) {
        return new ObservedAssociation(
                association.id(),
                association.arn(),
                namespace,
                association.serviceAccount(),
                roleArn,
                settings.identity().owner(namespace, name).tags(),
                Optional.empty(),
                AssociationOptions.NONE);
    }
}
