package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermissionScopeTest {
    private static final List<String> NONE = List.of();
    private static final String NO_INLINE =
            "without --boundary-arn the policy does not grant iam:PutRolePolicy, because nothing would limit inline"
                    + " policies, nor iam:PutRolePermissionsBoundary; resources that need them report AccessDenied";

    @Test
    void hasNoGapsWithBoundary() {
        assertThat(Sample.scope(NONE, List.of(Sample.BOUNDARY), NONE, false).gaps())
                .isEmpty();
    }

    @Test
    void reportsThatNothingLimitsAllowedPolicies() {
        assertThat(Sample.scope(NONE, NONE, List.of(Sample.ALLOWED), false).gaps())
                .containsExactly(
                        NO_INLINE,
                        "without --boundary-arn an attacker who controls the operator gets all permissions of the"
                                + " policies in --allowed-policy-arn");
    }

    @Test
    void reportsThatNoPolicyCanBeAttached() {
        assertThat(Sample.scope(NONE, NONE, NONE, false).gaps())
                .containsExactly(
                        NO_INLINE,
                        "without --boundary-arn and --allowed-policy-arn the policy does not grant"
                                + " iam:AttachRolePolicy; resources with managed policies report AccessDenied");
    }

    @Test
    void namesClusterInItsPartitionAndRegion() {
        assertThat(Sample.scope(NONE, NONE, NONE, false).clusterArn())
                .isEqualTo("arn:aws:eks:eu-west-1:111122223333:cluster/production");
        assertThat(new PermissionScope(
                                "production",
                                new AwsAccount("aws-cn", Sample.ACCOUNT, ""),
                                Optional.of(new EksCluster("cn-north-1", "main")),
                                "/",
                                AdoptionScope.NONE,
                                NONE,
                                NONE,
                                Optional.empty(),
                                false,
                                false,
                                Sample.ITSELF,
                                List.of())
                        .clusterArn())
                .isEqualTo("arn:aws-cn:eks:cn-north-1:111122223333:cluster/main");
    }

    @Test
    void coversAllRolesUnderPath() {
        assertThat(Sample.scope(NONE, NONE, NONE, false).roles("/teams/")).isEqualTo(Sample.role("teams/*"));
    }
}
