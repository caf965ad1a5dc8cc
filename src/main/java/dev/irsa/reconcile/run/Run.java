package dev.irsa.reconcile.run;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.TemplatePolicies;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.memory.DeliveryMemory;
import dev.irsa.reconcile.memory.ResourceMemory;
import dev.irsa.reconcile.memory.RoleMemory;
import dev.irsa.reconcile.status.Ending.Pending;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.List;
import java.util.Optional;

/**
 * One reconcile of one resource.
 *
 * @param resource the resource, as the watch showed it
 * @param ref its reference
 * @param previous the status that it had before
 * @param memory what this process remembers of the resource
 * @param dryRun whether the operator writes nothing but statuses
 */
public record Run(
        IamServiceAccount resource, ResourceRef ref, PreviousStatus previous, ResourceMemory memory, boolean dryRun) {
    public static Run of(IamServiceAccount resource, ResourceMemory memory, boolean dryRun) {
        return new Run(resource, memory.ref(), PreviousStatus.of(resource), memory, dryRun);
    }

    /** Returns what this process remembers of the role. */
    public RoleMemory role() {
        return memory.role();
    }

    /** Returns what this process remembers of how the role is delivered. */
    public DeliveryMemory delivery() {
        return memory.delivery();
    }

    /** Returns what the spec asks for. */
    public Desired desired(ClusterIdentity identity) {
        return Desired.of(ref.namespace(), ref.name(), resource.getSpec(), identity);
    }

    /** Returns the ARN of the role of others that the spec names; empty if the operator manages the role. */
    public Optional<String> externalRole() {
        return Optional.ofNullable(resource.getSpec().externalRole()).map(ExternalRoleSpec::arn);
    }

    public boolean isSuspended() {
        return resource.getSpec().suspend();
    }

    public boolean mayWrite() {
        return !dryRun && !isSuspended();
    }

    public boolean hasFinalizer() {
        return resource.hasFinalizer(IamServiceAccount.FINALIZER);
    }

    /** Returns whether a role is known to have been created or adopted for the resource. */
    public boolean hasRole() {
        return previous.roleArn().isPresent();
    }

    /** Returns what an answer that the role is not the resource's is taken as: a resource without a known role may never have had one. */
    public Answer notOwned(Answer otherwise) {
        return previous.roleId().isEmpty() ? Answer.NOT_OWNED : otherwise;
    }

    /** Returns whether a deletion has to clean up: the role, or the annotation with a role of others. */
    public boolean needsFinalizer() {
        boolean annotated = previous.externalRole().isPresent()
                && resource.getSpec().effectiveServiceAccounts(ref().name()).stream()
                        .anyMatch(account -> account.management() != Management.Ignore);
        return hasRole() || annotated;
    }

    /** Returns why the deletion of a suspended resource waits. */
    public Failure suspendedDeletion() {
        return new Failure.DeletionBlocked(
                "spec.suspend suspends the deletion; set it to false to continue the deletion, or remove the finalizer "
                        + IamServiceAccount.FINALIZER + " to leave the role and the ServiceAccounts as they are");
    }

    /** Returns why the plan is published and not applied. */
    public String whyPending() {
        return isSuspended() ? Pending.BY_SPEC : Pending.BY_DRY_RUN;
    }

    /** Returns what is assumed about the role before IAM is asked, if it is to have the policies of these templates. */
    public RolePrior prior(TemplatePolicies templates) {
        if (mayWrite() && !hasRole()) {
            return RolePrior.NEW;
        }
        if (!previous.isUpToDate()) {
            return RolePrior.CREATED;
        }
        return previous.policyTemplates().equals(templates.applied())
                ? RolePrior.UP_TO_DATE
                : RolePrior.TEMPLATE_CHANGED;
    }

    /**
     * Returns the changes that users have seen and approved. They stay in the status until they are applied, so that neither a
     * failure nor a restart loses the approval. What an operator in dry-run mode has published is not approved.
     */
    public List<String> approvedChanges() {
        if (resource.getSpec().role().adoption() == AdoptionPolicy.Never) {
            return List.of();
        }
        boolean approved = previous.conditions().stream().noneMatch(Run::isOfDryRun) && !dryRun;
        return isSuspended() || approved ? previous.pendingChanges() : List.of();
    }

    private static boolean isOfDryRun(Condition condition) {
        return condition.reason().equals(Reason.Suspended.name())
                && !condition.message().startsWith(Pending.BY_SPEC);
    }
}
