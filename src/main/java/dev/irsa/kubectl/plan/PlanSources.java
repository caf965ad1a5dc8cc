package dev.irsa.kubectl.plan;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ManagedPolicyReads;
import dev.irsa.port.RoleReads;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a plan is compared with.
 *
 * @param aws what AWS shows; empty if the user cannot read it
 * @param podIdentity whether the cluster has EKS Pod Identity
 * @param obstacle why no role can be planned in the account; empty if nothing prevents it
 */
public record PlanSources(
        ClusterReads cluster,
        EntitlementSource entitlements,
        Optional<Aws> aws,
        Supplier<PodIdentityAvailability> podIdentity,
        Optional<Obstacle> obstacle) {
    /** Creates the sources of an account in which roles can be planned. */
    public PlanSources(
            ClusterReads cluster,
            EntitlementSource entitlements,
            Optional<Aws> aws,
            Supplier<PodIdentityAvailability> podIdentity) {
        this(cluster, entitlements, aws, podIdentity, Optional.empty());
    }

    /**
     * Why nothing is planned for the resources of an account.
     *
     * @param action what the plan shows for each
     * @param reason of their condition Ready; empty if that is not known
     */
    public record Obstacle(PlanAction action, String reason, String message) {
        /** Returns what the operator reports for each resource. */
        public static Obstacle of(Failure failure) {
            return new Obstacle(PlanAction.refused, failure.reason().name(), failure.message());
        }
    }

    /**
     * The reads of AWS.
     *
     * @param provider the state of the cluster's OIDC provider
     */
    public record Aws(
            RoleReads roles, AssociationReads associations, OidcProviderState provider, ManagedPolicyReads policies) {}
}
