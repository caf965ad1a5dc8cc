package dev.irsa.integration.machine;

import static dev.irsa.integration.machine.ProxiedIam.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;

/** What the proxy counts, and how it refuses calls in the names of the services. */
class FaultProxyTest {
    private final ProxiedIam iam = new ProxiedIam();

    FaultProxyTest() throws IOException {}

    @AfterEach
    void stop() {
        iam.close();
    }

    @Test
    void forwardsAndRecordsCallsInOrder() {
        iam.create("a");
        iam.attach("a");
        iam.get("a");

        assertThat(iam.roles()).containsExactly("a");
        assertThat(iam.proxy.calls().names()).containsExactly("iam:CreateRole", "iam:AttachRolePolicy", "iam:GetRole");
        assertThat(iam.proxy.calls().actionsOn("a")).containsExactly("CreateRole", "AttachRolePolicy", "GetRole");
        assertThat(iam.proxy.calls().count("iam:GetRole")).isOne();
        assertThat(iam.proxy.calls().all().get(1).parameters()).containsEntry("PolicyArn", "arn:aws:iam::aws:policy/A");
        assertThat(iam.proxy.calls().peakInFlight()).isOne();
    }

    @Test
    void distinguishesServices() {
        try (var eks = ClientsWithoutRetries.through(iam.proxy, EksClient.builder());
                var sts = ClientsWithoutRetries.through(iam.proxy, StsClient.builder())) {
            assertThatThrownBy(() -> eks.describeCluster(cluster -> cluster.name("c")))
                    .isInstanceOf(AwsServiceException.class);
            assertThat(sts.getCallerIdentity().account()).isEqualTo("111122223333");
        }

        assertThat(iam.proxy.calls().names()).containsExactly("eks:DescribeCluster", "sts:GetCallerIdentity");
    }

    @Test
    void namesCallsAboutAssociations() {
        try (var eks = ClientsWithoutRetries.through(iam.proxy, EksClient.builder())) {
            List.<ThrowingCallable>of(
                            () -> eks.listPodIdentityAssociations(r -> r.clusterName("c")),
                            () -> eks.createPodIdentityAssociation(r -> r.clusterName("c")),
                            () -> eks.describePodIdentityAssociation(
                                    r -> r.clusterName("c").associationId("a-1")),
                            () -> eks.updatePodIdentityAssociation(
                                    r -> r.clusterName("c").associationId("a-1")),
                            () -> eks.deletePodIdentityAssociation(
                                    r -> r.clusterName("c").associationId("a-1")))
                    .forEach(call -> assertThatThrownBy(call).isInstanceOf(AwsServiceException.class));
        }

        assertThat(iam.proxy.calls().names())
                .containsExactly(
                        "eks:ListPodIdentityAssociations",
                        "eks:CreatePodIdentityAssociation",
                        "eks:DescribePodIdentityAssociation",
                        "eks:UpdatePodIdentityAssociation",
                        "eks:DeletePodIdentityAssociation");
    }

    @Test
    void throttlesWithErrorOfEachService() {
        iam.proxy.faults().throttle("*");

        assertThat(failure(() -> iam.get("a")).isThrottlingException()).isTrue();
        try (var eks = ClientsWithoutRetries.through(iam.proxy, EksClient.builder())) {
            var failure = failure(() -> eks.describeCluster(cluster -> cluster.name("c")));
            assertThat(failure.isThrottlingException()).isTrue();
            assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("TooManyRequestsException");
        }
    }

    @Test
    void deniesActionWithIamMessage() {
        iam.create("a");
        iam.proxy.faults().deny("iam:AttachRolePolicy");

        var failure = failure(() -> iam.attach("a"));

        assertThat(failure.statusCode()).isEqualTo(403);
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(failure.awsErrorDetails().errorMessage())
                .endsWith("is not authorized to perform: iam:AttachRolePolicy on resource: role a"
                        + " because no identity-based policy allows the iam:AttachRolePolicy action");
        iam.get("a");
    }

    @Test
    void deniesWithGivenReason() {
        iam.proxy.faults().on("iam:CreateRole").deny("with an explicit deny in a service control policy");

        assertThat(failure(() -> iam.create("a")).awsErrorDetails().errorMessage())
                .contains("role/a with an explicit deny in a service control policy");
    }

    @Test
    void failsWithGivenCode() {
        iam.proxy
                .faults()
                .on("iam:CreateRole")
                .fail(409, "LimitExceeded", "Cannot exceed quota for RolesPerAccount: 1000");

        assertThat(failure(() -> iam.create("a")).awsErrorDetails().errorCode()).isEqualTo("LimitExceeded");
    }

    @Test
    void limitsFaultToCallsOfOneRole() {
        iam.create("a");
        iam.create("b");
        iam.proxy.faults().on("iam:Get*").ofRole("a").times(2).throttle();

        iam.get("b");
        assertThat(failure(() -> iam.get("a")).isThrottlingException()).isTrue();
        assertThat(failure(() -> iam.get("a")).isThrottlingException()).isTrue();
        iam.get("a");
    }

    @Test
    void forwardsCallsAfterClear() {
        iam.proxy.faults().deny("*");
        var hold = iam.proxy.faults().on("*").hold();

        iam.proxy.clear();

        iam.create("a");
        assertThat(hold.held()).isZero();
        assertThat(iam.proxy.calls().names()).containsExactly("iam:CreateRole");
    }
}
