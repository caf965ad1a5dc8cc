package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What import makes of one ServiceAccount.
 *
 * @param role the role as IAM shows it; empty if it was not found, or if only a file declares it
 * @param result the resource for it, or why there is none
 * @param plan what the operator would do for the resource once the role is offered and the resource is resumed; empty if
 *     there is no resource
 */
public record ImportedAccount(
        ImportCandidate candidate,
        RoleMaker maker,
        Optional<LiveRole> role,
        RoleImport result,
        Optional<PlannedResource> plan) {
    /** What the adoption of the role changes. */
    public enum Effect {
        /** Only tags that say whose the role is. */
        OWNERSHIP_ONLY,
        /** More than that. */
        CHANGES,
        /** The operator creates a role, because there is none yet. */
        CREATION,
        /** The operator would not adopt it until a user has acted. */
        BLOCKED,
        /** There is no resource for the role. */
        REFUSED
    }

    /** Returns the account with what the operator would do for its resource. */
    ImportedAccount planned(PlanResult plans) {
        return new ImportedAccount(
                candidate,
                maker,
                role,
                result,
                plans.resources().stream()
                        .filter(planned -> planned.namespace().equals(key().namespace())
                                && planned.name().equals(key().name()))
                        .findFirst());
    }

    /** Returns the ServiceAccount, which is also the name of the resource. */
    public AccountKey key() {
        return candidate.account();
    }

    /** Returns whether the resource is for a role that exists. The operator creates one that only a file declares. */
    public boolean adoptsRole() {
        return result instanceof Importable && role.isPresent();
    }

    /** Returns why the role cannot be offered to its resource; empty if it can. */
    public Optional<String> offerProblem() {
        return switch (result) {
            case Refused(String why, String instead) -> Optional.of(why + "; " + instead);
            case Importable _ when !adoptsRole() -> Optional.of("the operator creates it");
            case Importable _ ->
                switch (effect()) {
                    case OWNERSHIP_ONLY, CHANGES -> Optional.empty();
                    case CREATION, BLOCKED, REFUSED ->
                        Optional.of(plan.map(PlannedResource::message).orElse(""));
                };
        };
    }

    /** Returns what the adoption changes. */
    public Effect effect() {
        if (!(result instanceof Importable) || plan.isEmpty()) {
            return Effect.REFUSED;
        }
        PlannedResource planned = plan.get();
        if (planned.isBlocked() || planned.changes().isEmpty()) {
            return Effect.BLOCKED;
        }
        if (planned.changes().stream().anyMatch(CreateRole.class::isInstance)) {
            return Effect.CREATION;
        }
        return changesBeyondOwnership().isEmpty() ? Effect.OWNERSHIP_ONLY : Effect.CHANGES;
    }

    List<Change> changesBeyondOwnership() {
        return plan.map(PlannedResource::changes).orElse(List.of()).stream()
                .filter(change -> switch (change) {
                    case TagRole(var _, var tags) -> !areOwnership(tags.keySet());
                    case UntagRole(var _, var keys) -> !areOwnership(keys);
                    // The operator becomes an owner of the field, and its value stays the same.
                    case AnnotateServiceAccount annotate ->
                        !annotate.obsolete().isEmpty()
                                || !candidate
                                        .annotations()
                                        .entrySet()
                                        .containsAll(annotate.annotations().entrySet());
                    default -> true;
                })
                .toList();
    }

    private static boolean areOwnership(Collection<String> keys) {
        return keys.stream().allMatch(key -> key.toLowerCase(Locale.ROOT).startsWith(OwnershipTags.PREFIX));
    }

    /** Returns the resource; empty if the role is refused. */
    Optional<IamServiceAccount> resource() {
        if (!(result instanceof Importable(var spec, var _))) {
            return Optional.empty();
        }
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key().namespace())
                .withName(key().name())
                .build());
        resource.setSpec(spec);
        return Optional.of(resource);
    }

    /** Returns whether the resource has this spec, suspended or not, which was read from a manifest or the cluster. */
    public boolean isWritten(IamServiceAccountSpec spec) {
        return resource()
                .map(written -> Serialization.clone(written.getSpec()))
                .filter(read -> read.resumed().equals(spec.resumed()))
                .isPresent();
    }

    /** Returns the name of the role; empty if there is none yet. */
    public String roleName() {
        String arn = candidate.roleArn();
        return role.map(live -> live.role().name()).orElseGet(() -> arn.substring(arn.lastIndexOf('/') + 1));
    }

    /** Returns the name of the IamAccount of the role; empty for the account of the operator, and if the role is refused. */
    public String iamAccount() {
        return resource().map(resource -> resource.getSpec().accountName()).orElse("");
    }

    /** Returns whether the user means this role. Each role has an ARN, and that in another account has no other name. */
    public boolean isNamed(String nameOrArn) {
        return nameOrArn.equals(offerName()) || nameOrArn.equals(candidate.roleArn());
    }

    /** Returns how the user names the role, which is not by its name if that can be the name of a role in another account. */
    String offerName() {
        return iamAccount().isEmpty() ? roleName() : candidate.roleArn();
    }
}
