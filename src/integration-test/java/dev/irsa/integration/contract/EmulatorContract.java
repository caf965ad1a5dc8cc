package dev.irsa.integration.contract;

import dev.irsa.fixtures.iam.FullIamContract;
import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.integration.machine.Emulator;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** An emulator keeps to the same contract, but for its known differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmulatorContract extends FullIamContract {
    private final IamImplementation implementation;
    private final Emulator server;
    private final IamClient iam;

    EmulatorContract(IamImplementation implementation, Emulator server) {
        this.implementation = implementation;
        this.server = server;
        this.iam = at(server.endpoint());
    }

    @Override
    protected IamClient iam() {
        return iam;
    }

    @Override
    protected Optional<IamImplementation> implementation() {
        return Optional.of(implementation);
    }

    /** Role by role, which is much faster than a reset of the server; found by the one list that hides no odd path. */
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
        server.close();
    }
}
