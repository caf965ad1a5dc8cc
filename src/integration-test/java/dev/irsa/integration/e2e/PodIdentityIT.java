package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** EKS Pod Identity as users see it, with the operator as its own process. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodIdentityIT {
    private static final String IRSA = "{delivery: [IRSA]}";
    private static final String BOTH = "{delivery: [IRSA, PodIdentity]}";
    private static final String POD_IDENTITY = "{delivery: [PodIdentity]}";
    private static final String CREATE = "eks:CreatePodIdentityAssociation";
    private static final String DELETE = "eks:DeletePodIdentityAssociation";

    private final Ministack aws = Ministack.start();
    private final EksCluster eks = EksCluster.create(aws, TestEnvironment.CLUSTER);
    private FaultProxy proxy;
    private TestEnvironment env;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Kubectl kubectl) throws IOException {
        proxy = FaultProxy.before(aws.endpoint());
        env = TestEnvironment.withoutProvider(controlPlane, aws.endpoint(), proxy, kubectl);
        operator = launch().startReady();
    }

    private OperatorLaunch launch() {
        return env.sweeping().withArguments("--oidc-provider=Create");
    }

    @BeforeEach
    void clearFaults() {
        proxy.clear();
    }

    @AfterAll
    void stop() {
        PodIdentityAgent.remove(env.kubectl());
        operator.close();
        proxy.close();
        env.iam().close();
        eks.close();
        aws.close();
        OperatorLog.assertNoStackTrace(operator.log());
    }

    @Test
    @Order(1)
    void associatesNothingUntilTheAgentIsInstalled() {
        Subject subject = Subject.in(env).apply(POD_IDENTITY);

        assertThat(subject.awaitReason("PodIdentityUnavailable"))
                .contains(
                        "there is no DaemonSet kube-system/eks-pod-identity-agent",
                        "run: aws eks create-addon --cluster-name prod --addon-name eks-pod-identity-agent");
        assertThat(subject.condition("Stalled")).isEqualTo("True");
        assertThat(proxy.calls().count(CREATE)).isZero();

        PodIdentityAgent.install(env.kubectl());

        subject.awaitReady();
        assertThat(association(subject)).isPresent();
        assertThat(subject.field("iamsa/" + subject.name(), "{.metadata.generation}"))
                .isEqualTo("1");
        subject.delete();
    }

    @Test
    @Order(2)
    void movesToPodIdentityAndBack() {
        Subject subject = Subject.in(env).apply(IRSA).awaitReady();
        SubjectPods pods = new SubjectPods(subject, eks);
        pods.startWithIrsa(2);

        subject.apply(BOTH).awaitReady();
        PodIdentityAssociation association = association(subject).orElseThrow();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
        assertAdmits(subject, true, true);
        pods.startWithPodIdentity(3);

        subject.apply(POD_IDENTITY);
        assertThat(subject.awaitReason("WaitingForPods"))
                .contains("2 pods of ServiceAccount invoices may still use IRSA", "kubectl rollout restart");
        assertThat(subject.condition("Reconciling")).isEqualTo("True");
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEmpty();
        assertAdmits(subject, true, true);

        pods.deleteThoseWithIrsa();
        subject.awaitReady();
        assertAdmits(subject, false, true);
        assertThat(association(subject)).contains(association);

        subject.apply(IRSA).awaitReady();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
        assertThat(association(subject)).isEmpty();
        assertThat(subject.field("iamsa/invoices", "{.status.delivery} {.status.podIdentity}"))
                .isEqualTo("[\"IRSA\"] ");
        assertAdmits(subject, true, false);
        pods.startWithIrsa(1);
        subject.delete();
    }

    @Test
    @Order(3)
    void leavesAnAssociationOfAnotherOwnerAlone() {
        Subject subject = Subject.in(env);
        String id = eks.associate(subject.namespace(), "invoices", "arn:aws:iam::123456789012:role/another");
        Optional<PodIdentityAssociation> before = association(subject);

        subject.apply(POD_IDENTITY);

        assertThat(subject.awaitReason("AssociationConflict"))
                .contains(
                        "association " + id + " of ServiceAccount invoices", "aws eks delete-pod-identity-association");
        assertThat(subject.condition("Stalled")).isEqualTo("True");
        assertThat(association(subject)).isEqualTo(before);

        subject.delete();
        assertThat(association(subject)).isEqualTo(before);
        assertThat(subject.roleExists()).isFalse();
        eks.deleteAssociation(id);
    }

    @Test
    @Order(4)
    void reportsErrorsOfEks() {
        Subject subject = Subject.in(env);
        proxy.faults()
                .on(CREATE)
                .fail(400, "ResourceLimitExceededException", "You have reached the limit of 5000 associations");
        subject.apply(POD_IDENTITY);
        assertThat(subject.awaitReason("QuotaExceeded")).contains("limit of 5000 associations");

        proxy.faults().clear();
        proxy.faults().deny(CREATE);
        assertThat(subject.awaitReason("AccessDenied")).contains(CREATE, "no identity-based policy allows");

        proxy.faults().clear();
        subject.awaitReady();
        subject.delete();
    }

    /** Not the first test: the garbage collector learns of new kinds every 30 seconds. */
    @Test
    @Order(5)
    void createsAndDeletesAnAssociation() {
        Subject subject = Subject.in(env).apply(POD_IDENTITY).awaitReady();

        PodIdentityAssociation association = association(subject).orElseThrow();
        assertThat(association.roleArn()).isEqualTo(subject.roleArn());
        assertThat(association.tags())
                .containsEntry("irsa.dev/cluster", TestEnvironment.CLUSTER)
                .containsEntry("irsa.dev/resource", subject.namespace() + "/invoices")
                .containsKey("irsa.dev/cluster-id");
        assertThat(subject.accountExists()).isTrue();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEmpty();
        assertAdmits(subject, false, true);
        assertIsShown(subject, association);

        subject.delete();

        assertThat(association(subject)).isEmpty();
        subject.assertAllDeleted();
    }

    private static void assertIsShown(Subject subject, PodIdentityAssociation association) {
        String status = "{.status.delivery} {.status.podIdentity.associations[*]['serviceAccount','id','arn']}";
        assertThat(subject.field("iamsa/invoices", status))
                .isEqualTo("[\"PodIdentity\"] invoices " + association.associationId() + " "
                        + association.associationArn());
        assertThat(subject.kubectl("get", "iamsa", "invoices", "-o=wide"))
                .contains(
                        "True",
                        subject.roleArn(),
                        "new pods of ServiceAccount invoices get the role's credentials through EKS Pod Identity");
        assertThat(subject.kubectl("describe", "iamsa", "invoices"))
                .contains(association.associationArn(), "associated role " + subject.roleArn());
    }

    @Test
    @Order(6)
    void completesAMoveAfterSigkill() {
        Subject subject = Subject.in(env).apply(IRSA).awaitReady();
        SubjectPods pods = new SubjectPods(subject, eks);
        pods.startWithIrsa(1);

        proxy.faults().on(CREATE).loseAnswer();
        subject.apply(POD_IDENTITY);
        TestEnvironment.await().until(() -> isAssociated(subject));
        restartAfterSigkill();
        assertThat(subject.awaitReason("WaitingForPods")).contains("may still use IRSA");
        assertAdmits(subject, true, true);
        pods.deleteThoseWithIrsa();
        subject.awaitReady();
        assertAdmits(subject, false, true);
        assertThat(proxy.calls().count(CREATE))
                .as("creations after the restart")
                .isLessThanOrEqualTo(1);

        proxy.faults().on(DELETE).loseAnswer();
        subject.apply(IRSA);
        TestEnvironment.await().until(() -> !isAssociated(subject));
        restartAfterSigkill();
        subject.awaitReady();
        assertAdmits(subject, true, false);
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
        subject.delete();
    }

    private void restartAfterSigkill() {
        operator.sigkill();
        operator.close();
        proxy.clear();
        operator = launch().startReady();
    }

    private Optional<PodIdentityAssociation> association(Subject subject) {
        return eks.association(subject.namespace(), subject.name());
    }

    private boolean isAssociated(Subject subject) {
        return eks.associationId(subject.namespace(), subject.name()).isPresent();
    }

    private void assertAdmits(Subject subject, boolean token, boolean association) {
        String trust = VisibleState.decoded(env.role(subject.roleName()).assumeRolePolicyDocument());
        assertThat(trust.contains("sts:AssumeRoleWithWebIdentity"))
                .as("statement for IRSA in %s", trust)
                .isEqualTo(token);
        assertThat(trust.contains("pods.eks.amazonaws.com"))
                .as("statement for Pod Identity in %s", trust)
                .isEqualTo(association);
    }
}
