package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.AuditedRequest;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator does all its work with the permissions of a manifest of deploy/ and uses each of them. The audit log of
 * the API server shows both unneeded and missing permissions.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LeastPrivilegeIT {
    private static final String OPERATOR = "system:serviceaccount:irsa-operator:irsa-operator";
    private static final String NAMESPACE = "payments";
    private static final String OUTSIDE = "elsewhere";

    /** Kubernetes allows all users to check their own permissions. */
    private static final Set<String> GRANTED_TO_ALL_USERS = Set.of("selfsubjectaccessreviews");

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private TestEnvironment env;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("delete", "iamentitlement", "everything").orThrow();
        env.kubectl().run("apply", "-f", "deploy/entitlement.yaml").orThrow();
        env.kubectl().run("apply", "-f", "deploy/templates/s3-read.yaml").orThrow();
        List.of(NAMESPACE, OUTSIDE)
                .forEach(name -> env.kubectl().run("create", "namespace", name).orThrow());
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void usesEveryClusterWidePermission() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac.yaml");
        applyAccount("Manage");
        try (OperatorProcess operator = start(manifest)) {
            FullWorkload.in(env, NAMESPACE).run();
            TestEnvironment.await()
                    .until(() -> env.kubectl()
                            .get("get", "iamacct", "analytics", "-o=jsonpath={.status.observedGeneration}")
                            .equals("1"));
            TestEnvironment.await()
                    .until(() -> entitlement("{.status.observedGeneration} {.status.resources}")
                            .equals("1 0"));
            TestEnvironment.await()
                    .until(() -> env.kubectl()
                            .get("get", "iampt", "s3-read", "-o=jsonpath={.status.observedGeneration}")
                            .equals("1"));
            assertNoForbiddenRequests(operator);
        }

        assertEachPermissionIsNeededAndSufficient(manifest);
    }

    private void applyAccount(String access) {
        env.kubectl()
                .run("delete", "iamacct", "analytics", "--ignore-not-found")
                .orThrow();
        env.kubectl().apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamAccount
                metadata: {name: analytics}
                spec: {accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator", access: %s}
                """.formatted(access)).orThrow();
    }

    @Test
    void usesEveryNamespacePermissionAndNothingOutside() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac-namespaces.yaml");
        env.kubectl()
                .run("label", "namespace", OUTSIDE, "irsa.dev/entitlement=default")
                .orThrow();
        AppliedResource outside = new AppliedResource(env, OUTSIDE, "invoices").spec("{}");
        String before = outside.resourceVersion();
        applyAccount("Abandon");
        try (OperatorProcess operator = start(manifest, "--watch-namespace=" + NAMESPACE)) {
            FullWorkload.in(env, NAMESPACE).run();
            abandonARole();
            assertNoForbiddenRequests(operator);
        }

        assertEachPermissionIsNeededAndSufficient(manifest);
        assertThat(outside.resourceVersion()).isEqualTo(before);
        assertThat(env.roleExists(outside.role())).isFalse();
        assertThat(entitlement("{.status.observedGeneration}"))
                .as("status without cluster-wide permissions")
                .isEmpty();
        assertThat(requests())
                .extracting(AuditedRequest::namespace)
                .containsOnly("", NAMESPACE, "irsa-operator", "kube-system");
    }

    private void abandonARole() {
        env.kubectl().apply("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: reports, finalizers: [irsa.dev/role]}
                spec: {account: analytics}
                """.formatted(NAMESPACE)).orThrow();
        env.kubectl().run("delete", "iamsa", "reports", "-n", NAMESPACE).orThrow();
        assertThat(env.kubectl().get("get", "iamacct", "analytics", "-o=jsonpath={.status.abandoned}"))
                .isEqualTo("[\"prod_payments_reports\"]");
    }

    @Test
    void usesEveryPermissionForPodIdentity() throws IOException {
        RbacManifest always = RbacManifest.read("deploy/rbac.yaml");
        RbacManifest added = RbacManifest.read("deploy/rbac-pod-identity.yaml");
        env.kubectl().run("apply", "-f", added.file()).orThrow();
        PodIdentityAgent.install(env.kubectl());
        try (Ministack aws = Ministack.start();
                FaultProxy own = FaultProxy.before(aws.endpoint());
                EksCluster eks = EksCluster.create(aws, TestEnvironment.CLUSTER)) {
            env = TestEnvironment.withoutProvider(controlPlane, aws.endpoint(), own, env.kubectl());
            try (OperatorProcess operator = start(always, "--oidc-provider=Create")) {
                moveToPodIdentityAndBack(eks);
                assertNoForbiddenRequests(operator);
            }
        }

        assertNeeded(added.grants());
        assertSufficient(Stream.of(always, added)
                .map(RbacManifest::grants)
                .flatMap(List::stream)
                .toList());
    }

    private void moveToPodIdentityAndBack(EksCluster eks) {
        Subject subject = new Subject(env, NAMESPACE, "invoices")
                .apply("{delivery: [IRSA]}")
                .awaitReady();
        SubjectPods pods = new SubjectPods(subject, eks);
        pods.startWithIrsa(1);
        subject.apply("{delivery: [PodIdentity]}").awaitReason("WaitingForPods");
        pods.deleteThoseWithIrsa();
        subject.awaitReady();
        assertThat(eks.association(NAMESPACE, subject.name())).isPresent();
        subject.apply("{delivery: [IRSA]}").awaitReady().delete();
    }

    private OperatorProcess start(RbacManifest manifest, String... flags) {
        env.kubectl().run("apply", "-f", manifest.file()).orThrow();
        env.kubectl().run("apply", "-f", "deploy/deployment.yaml").orThrow();
        return env.sweeping()
                .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))
                .withArguments("--own-deployment", "irsa-operator/irsa-operator")
                .withArguments("--leader-election", "--lease", Replica.LEASE)
                .withArguments(flags)
                .startReady();
    }

    private String entitlement(String path) {
        return env.kubectl().get("get", "iamentitlement", "default", "-o=jsonpath=" + path);
    }

    private static void assertNoForbiddenRequests(OperatorProcess operator) {
        assertThat(operator.log()).doesNotContain("forbidden");
        OperatorLog.assertNoStackTrace(operator.log());
    }

    private void assertEachPermissionIsNeededAndSufficient(RbacManifest manifest) {
        assertNeeded(manifest.grants());
        assertSufficient(manifest.grants());
    }

    private void assertNeeded(List<Grant> grants) {
        // A watch is logged at its end, shortly after the operator exits.
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(grants)
                        .as("used permissions")
                        .allMatch(grant -> requests().stream().anyMatch(grant::covers)));
    }

    private void assertSufficient(List<Grant> grants) {
        assertThat(requests()).as("denied requests").noneMatch(AuditedRequest::refused);
        assertThat(requests())
                .filteredOn(request -> !GRANTED_TO_ALL_USERS.contains(request.resource()))
                .as("permissions for each request")
                .allSatisfy(request -> assertThat(grants)
                        .filteredOn(grant -> grant.covers(request))
                        .hasSize(1));
    }

    private List<AuditedRequest> requests() {
        return audit.requestsOf(OPERATOR);
    }
}
