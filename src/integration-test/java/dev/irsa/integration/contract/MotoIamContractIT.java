package dev.irsa.integration.contract;

import dev.irsa.fixtures.iam.Difference;
import dev.irsa.fixtures.iam.FullIamContract;
import dev.irsa.integration.machine.Moto;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** Tests that moto follows the same contract, except for the differences in {@link Difference}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoIamContractIT extends FullIamContract {
    private final Moto moto = Moto.start();
    private final IamClient iam = at(moto.endpoint());

    @Override
    protected IamClient iam() {
        return iam;
    }

    @Override
    protected Set<Difference> differences() {
        return EnumSet.allOf(Difference.class);
    }

    /**
     * Deletes each role, which is much faster than moto's reset. GetAccountAuthorizationDetails also lists roles with
     * unusual paths.
     */
    @AfterEach
    void deleteRoles() {
        iam.getAccountAuthorizationDetails(r -> r.filter(EntityType.ROLE)).roleDetailList().stream()
                .map(RoleDetail::roleName)
                .forEach(this::delete);
    }

    @AfterEach
    void deleteProviders() {
        iam.listOpenIDConnectProviders()
                .openIDConnectProviderList()
                .forEach(provider -> iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(provider.arn())));
    }

    private void delete(String role) {
        iam.listAttachedRolePoliciesPaginator(r -> r.roleName(role)).attachedPolicies().stream()
                .map(AttachedPolicy::policyArn)
                .forEach(arn -> iam.detachRolePolicy(r -> r.roleName(role).policyArn(arn)));
        iam.listRolePolicies(r -> r.roleName(role))
                .policyNames()
                .forEach(name -> iam.deleteRolePolicy(r -> r.roleName(role).policyName(name)));
        iam.deleteRole(r -> r.roleName(role));
    }

    @AfterAll
    void stop() {
        iam.close();
        moto.close();
    }
}
