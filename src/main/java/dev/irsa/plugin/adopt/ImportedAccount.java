package dev.irsa.plugin.adopt;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.adoption.LiveRole;
import dev.irsa.core.adoption.RoleImport;
import dev.irsa.core.ownership.RoleMaker;
import dev.irsa.plugin.plan.PlannedResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/**
 * What import makes of one ServiceAccount.
 *
 * @param role the role as IAM shows it; empty if it was not found
 * @param result the resource for it, or why there is none
 * @param plan what the operator would do for the resource once the role is offered and the resource is resumed; empty if
 *     there is no resource
 */
public record ImportedAccount(
        AdoptionCandidate candidate,
        RoleMaker maker,
        Optional<LiveRole> role,
        RoleImport result,
        Optional<PlannedResource> plan) {
    ImportedAccount planned(PlannedResource planned) {
        return new ImportedAccount(candidate, maker, role, result, Optional.of(planned));
    }

    /** Returns the resource; empty if the role is refused. */
    Optional<IamServiceAccount> resource() {
        if (!(result instanceof RoleImport.Importable(var spec, var _))) {
            return Optional.empty();
        }
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(candidate.account().namespace())
                .withName(candidate.account().name())
                .build());
        resource.setSpec(spec);
        return Optional.of(resource);
    }

    /** Returns the name of the role, or its ARN if it has none. */
    public String roleName() {
        String arn = candidate.roleArn();
        return role.map(live -> live.role().name()).orElseGet(() -> arn.substring(arn.lastIndexOf('/') + 1));
    }
}
