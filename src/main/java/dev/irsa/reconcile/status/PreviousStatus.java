package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.PodIdentityStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.api.v1beta1.ServiceAccountStatus;
import dev.irsa.core.failure.Reason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the status that a resource had before this reconcile. */
public final class PreviousStatus {
    private final IamServiceAccount resource;
    private final Optional<IamServiceAccountStatus> status;

    private PreviousStatus(IamServiceAccount resource) {
        this.resource = resource;
        this.status = Optional.ofNullable(resource.getStatus());
    }

    /** Returns the previous status of this resource. */
    public static PreviousStatus of(IamServiceAccount resource) {
        return new PreviousStatus(resource);
    }

    /** Returns the role that was created or adopted for the resource; empty if none is known. */
    public Optional<RoleStatus> role() {
        return status.map(IamServiceAccountStatus::role);
    }

    /** Returns the ARN of that role. */
    public Optional<String> roleArn() {
        return role().flatMap(_ -> status.map(IamServiceAccountStatus::roleARN));
    }

    /** Returns the ARN of the role that the resource may have although the status names none. */
    public Optional<String> unreportedRole() {
        boolean known = resource.getSpec().accountName().isEmpty() || roleArn().isPresent();
        return known ? Optional.empty() : resource.recordedRole();
    }

    /** Returns the id of that role; the empty string if none is known. */
    public String roleId() {
        return role().map(RoleStatus::id).orElse("");
    }

    /** Returns the ARN of the role of others that the ServiceAccount is annotated with. It proves no ownership. */
    public Optional<String> externalRole() {
        return role().isPresent() ? Optional.empty() : status.map(IamServiceAccountStatus::roleARN);
    }

    /** Returns the name of the entitlement that allowed the resource. */
    public Optional<String> entitlement() {
        return status.map(IamServiceAccountStatus::entitlement);
    }

    /** Returns what an entitlement required of the role and the role did not have. */
    List<String> missingRequirements() {
        return status.map(IamServiceAccountStatus::missingRequirements).orElse(List.of());
    }

    /** Returns how far the adoption of the role was. */
    Optional<Adoption> adoption() {
        return status.map(IamServiceAccountStatus::adoption);
    }

    /** Returns the inline policies that only deny and that the operator wrote to that role: the digest by name. */
    public SortedMap<String, String> writtenDenies() {
        return new TreeMap<>(role().map(RoleStatus::denyPolicyDigests).orElse(Map.of()));
    }

    /** Returns the ARNs of the managed policies of that role that an entitlement requires, or required before. */
    public SortedSet<String> requiredPolicies() {
        return new TreeSet<>(role().map(RoleStatus::requiredPolicies).orElse(List.of()));
    }

    /** Returns the policy templates whose policies the role has. */
    public List<AppliedTemplate> policyTemplates() {
        return status.map(IamServiceAccountStatus::policyTemplates).orElse(List.of());
    }

    /** Returns the ServiceAccounts for which the operator may have changed anything, except for the one of the resource's name. */
    public List<ServiceAccountStatus> serviceAccounts() {
        return status.map(IamServiceAccountStatus::serviceAccounts).orElse(List.of());
    }

    /**
     * Returns whether the operator may have changed anything for the ServiceAccount that has the name of the resource. A spec
     * without a list names it, and it is not recorded before it is changed. A spec that does not name it can follow only one
     * that does. So the operator knows of it, unless the spec was changed more than once since the resource was Ready.
     */
    public boolean mayHaveOwnName() {
        long deletion = resource.isMarkedForDeletion() ? 1 : 0;
        if (resource.getMetadata().getGeneration() <= 1 + deletion) {
            return false;
        }
        boolean recent = readySince().isPresent()
                && status.orElseThrow().observedGeneration() + 1 + deletion
                        >= resource.getMetadata().getGeneration();
        String own = resource.getMetadata().getName();
        return !recent
                || serviceAccounts().stream()
                        .anyMatch(recorded -> recorded.name().equals(own));
    }

    /** Returns the associations that the operator created for the resource. */
    public List<AssociationStatus> associations() {
        return status.map(IamServiceAccountStatus::podIdentity)
                .map(PodIdentityStatus::associations)
                .orElse(List.of());
    }

    /** Returns the association that the operator created for a ServiceAccount of the resource. */
    public Optional<AssociationStatus> association(String serviceAccount) {
        return associations().stream()
                .filter(named -> named.serviceAccount().equals(serviceAccount))
                .findFirst();
    }

    /** Returns how pods obtained credentials. */
    public List<Delivery> delivery() {
        return status.map(IamServiceAccountStatus::delivery).orElse(List.of());
    }

    /**
     * Returns whether the resource was Ready with IRSA alone, and its spec was not changed since. Then it has no association. A
     * deletion increments the generation too.
     */
    public boolean usedIrsaAlone() {
        long deletion = resource.isMarkedForDeletion() ? 1 : 0;
        return delivery().equals(List.of(Delivery.IRSA))
                && associations().isEmpty()
                && readySince().isPresent()
                && status.orElseThrow().observedGeneration() + deletion
                        >= resource.getMetadata().getGeneration();
    }

    /** Returns the conditions. */
    public List<Condition> conditions() {
        return status.map(IamServiceAccountStatus::conditions).orElse(List.of());
    }

    /** Returns the pending changes that were published. */
    public List<String> pendingChanges() {
        return status.map(IamServiceAccountStatus::pendingChanges).orElse(List.of());
    }

    /** Returns whether the status is of the current spec. */
    public boolean describesSpec() {
        return status.isPresent()
                && status.get().observedGeneration() == resource.getMetadata().getGeneration();
    }

    /** Returns whether everything was done for the current spec, or is suspended. */
    public boolean isUpToDate() {
        return describesSpec()
                && resource.ready()
                        .filter(ready ->
                                ready.status().equals("True") || ready.reason().equals(Reason.Suspended.name()))
                        .isPresent();
    }

    /** Returns whether the role had reached the current spec. */
    public boolean hasReachedSpec() {
        return isUpToDate() && readySince().isPresent();
    }

    /** Returns since when the resource has been Ready; empty if it is not, or if the time cannot be parsed. */
    public Optional<Instant> readySince() {
        return resource.ready()
                .filter(ready -> ready.status().equals("True"))
                .flatMap(ready -> parse(ready.lastTransitionTime()));
    }

    private static Optional<Instant> parse(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
