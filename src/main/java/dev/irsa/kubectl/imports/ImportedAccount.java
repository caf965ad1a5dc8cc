package dev.irsa.kubectl.imports;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport;
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
        ImportCandidate candidate,
        RoleMaker maker,
        Optional<LiveRole> role,
        RoleImport result,
        Optional<PlannedResource> plan) {
    ImportedAccount planned(PlannedResource planned) {
        return new ImportedAccount(candidate, maker, role, result, Optional.of(planned));
    }

    /** Returns the resource; empty if the role is refused. */
    Optional<IamServiceAccount> resource() {
        return spec().map(this::resource);
    }

    private Optional<IamServiceAccountSpec> spec() {
        return switch (result) {
            case RoleImport.Importable(var spec, var _) -> Optional.of(spec);
            case RoleImport.Declared(var spec, var _) -> Optional.of(spec);
            case RoleImport.Refused _ -> Optional.empty();
        };
    }

    private IamServiceAccount resource(IamServiceAccountSpec spec) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(candidate.account().namespace())
                .withName(candidate.account().name())
                .build());
        resource.setSpec(spec);
        return resource;
    }

    /** Returns the name of the role; empty if there is none yet. */
    public String roleName() {
        String arn = candidate.roleArn();
        return role.map(live -> live.role().name()).orElseGet(() -> arn.substring(arn.lastIndexOf('/') + 1));
    }
}
