package dev.irsa.fake;

import dev.irsa.machine.Moto;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** moto keeps to the same contract, but for the differences that {@link Difference} lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoIamContractIT {
    private final Moto moto = Moto.start();
    private final IamClient iam = IamClient.builder()
            .endpointOverride(moto.endpoint())
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    /** Role by role, which is much faster than moto's own reset; found by the one list that hides no odd path. */
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

    @Nested
    class Roles extends Contract implements RoleContract {}

    @Nested
    class Policies extends Contract implements PolicyContract {}

    @Nested
    class Refusals extends Contract implements RefusalContract {}

    @Nested
    class OidcProviders extends Contract implements ProviderContract {}

    class Contract implements IamContract {
        @Override
        public IamClient iam() {
            return iam;
        }

        @Override
        public Set<Difference> differences() {
            return EnumSet.allOf(Difference.class);
        }
    }
}
