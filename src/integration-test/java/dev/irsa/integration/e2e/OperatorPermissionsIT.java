package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the permissions of deploy/rbac.yaml are sufficient. {@link LeastPrivilegeIT} tests that all of them are
 * needed.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorPermissionsIT {
    private TestEnvironment env;
    private OperatorProcess operator;
    private Kubectl asOperator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
        kubectl.run("apply", "-f", "deploy/deployment.yaml").orThrow();
        Path kubeconfig = controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator");
        asOperator = new Kubectl(kubeconfig);
        operator = env.sweeping()
                .withKubeconfig(kubeconfig)
                .withArguments("--own-deployment", "irsa-operator/irsa-operator")
                .startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        assertThat(operator.log()).doesNotContain("forbidden");
        OperatorLog.assertNoStackTrace(operator.log());
    }

    @Test
    void createsUpdatesAndDeletesRole() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        resource.await("event").until(() -> !resource.events("RoleCreated").isEmpty());
        assertThat(resource.finalizers()).contains("irsa.dev");

        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}").awaitReady();
        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");

        resource.delete().awaitGone();
        TestEnvironment.await().until(() -> !resource.hasServiceAccount());
        assertThat(env.roleExists(resource.role())).isFalse();
    }

    @Test
    void publishesItsSettings() {
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(env.kubectl()
                                .get(
                                        "get",
                                        "configmap",
                                        "irsa-operator-info",
                                        "--namespace=irsa-operator",
                                        "--output=jsonpath={.data.operator\\.json}"))
                        .contains("\"clusterName\":\"" + TestEnvironment.CLUSTER + "\"", "\"awsAccount\":"));
    }

    @Test
    void annotatesExistingServiceAccountAndReleasesIt() {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        env.kubectl()
                .run("-n", resource.namespace(), "create", "sa", "invoices")
                .orThrow();

        resource.spec(AppliedResource.ONE_POLICY).awaitReady();
        assertThat(resource.roleArnAnnotation())
                .isEqualTo(env.role(resource.role()).arn());

        resource.delete().awaitGone();
        assertThat(resource.roleArnAnnotation()).isEmpty();
        assertThat(resource.hasServiceAccount()).isTrue();
    }

    @Test
    void restoresServiceAccountAndTransfersIt() {
        AppliedResource first = AppliedResource.smallest(env, "invoices").awaitReady();
        env.kubectl()
                .run("-n", first.namespace(), "annotate", "sa/invoices", "eks.amazonaws.com/role-arn-")
                .orThrow();
        TestEnvironment.await().until(() -> !first.roleArnAnnotation().isEmpty());
        AppliedResource second = new AppliedResource(env, first.namespace(), "ledger")
                .spec("{serviceAccounts: [{name: invoices}], policies: {managed: [AmazonS3ReadOnlyAccess]}}");
        second.awaitReason("ServiceAccountConflict");

        first.delete().awaitGone();

        second.awaitReady();
        assertThat(first.roleArnAnnotation()).isEqualTo(env.role(second.role()).arn());
    }

    @Test
    void entitlementStatusCountsResources() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        env.kubectl().run("apply", "-f", "deploy/entitlement.yaml").orThrow();

        TestEnvironment.await().until(() -> resourceCount("default").equals("1 0"));
        int before = Integer.parseInt(resourceCount("everything").replaceFirst(".* ", ""));
        assertThat(before).isPositive();
        resource.delete().awaitGone();
        TestEnvironment.await().until(() -> resourceCount("everything").endsWith(" " + (before - 1)));
        env.kubectl().run("delete", "-f", "deploy/entitlement.yaml").orThrow();
    }

    /** Returns the observed generation and the number of resources. */
    private String resourceCount(String entitlement) {
        return env.kubectl()
                .get("get", "iament", entitlement, "-o=jsonpath={.status.observedGeneration} {.status.resources}");
    }

    @Test
    void recordsOperatorEventsOnItsDeployment() {
        env.proxy().faults().deny("iam:GetAccountAuthorizationDetails");

        new Subject(env, "irsa-operator", "irsa-operator")
                .awaitEvent("SweepDenied", "iam:GetAccountAuthorizationDetails", "docs/permissions.md");
    }

    @Test
    void reappliedManifestsKeepRoleAnnotationAndPodSecurityLabel() {
        String arn = "arn:aws:iam::111122223333:role/irsa-operator";
        applyManifests();
        env.kubectl()
                .run("-n", "irsa-operator", "annotate", "sa/irsa-operator", "eks.amazonaws.com/role-arn=" + arn)
                .orThrow();

        applyManifests();

        assertThat(operatorField("serviceaccount", "{.metadata.annotations.eks\\.amazonaws\\.com/role-arn}"))
                .isEqualTo(arn);
        assertThat(operatorField("namespace", "{.metadata.labels.pod-security\\.kubernetes\\.io/enforce}"))
                .isEqualTo("restricted");
    }

    /** Applies each manifest, and the first one again, as a user who changed only that one. */
    private void applyManifests() {
        for (String file : new String[] {"rbac.yaml", "deployment.yaml", "rbac.yaml"}) {
            env.kubectl().run("apply", "-f", "deploy/" + file).orThrow();
        }
    }

    private String operatorField(String kind, String path) {
        return env.kubectl().get("-n", "irsa-operator", "get", kind, "irsa-operator", "-o", "jsonpath=" + path);
    }

    @Test
    void deletesRoleWithNamespace() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();

        env.kubectl()
                .run("delete", "namespace", resource.namespace(), "--timeout=90s")
                .orThrow();

        assertThat(env.roleExists(resource.role())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get secrets",
                "list secrets",
                "delete serviceaccounts",
                "update serviceaccounts",
                "create serviceaccounts/token",
                "delete iamserviceaccounts.irsa.dev",
                "create iamserviceaccounts.irsa.dev",
                "get pods",
                "get namespaces/default",
                "patch namespaces",
                "get iamentitlements.irsa.dev",
                "get iampolicytemplates.irsa.dev",
                "patch iampolicytemplates.irsa.dev",
                "create iampolicytemplates.irsa.dev",
                "patch iamentitlements.irsa.dev",
                "create iamentitlements.irsa.dev",
                "impersonate users",
                "create clusterrolebindings.rbac.authorization.k8s.io",
                "list customresourcedefinitions.apiextensions.k8s.io",
                "get customresourcedefinitions.apiextensions.k8s.io/others.irsa.dev",
                "delete customresourcedefinitions.apiextensions.k8s.io/iamserviceaccounts.irsa.dev",
                "list deployments.apps",
                "patch deployments.apps/irsa-operator",
                "list leases.coordination.k8s.io",
                "get leases.coordination.k8s.io/others",
                "patch leases.coordination.k8s.io/others",
                "delete leases.coordination.k8s.io/irsa-operator",
            })
    void hasNoUnneededPermission(String permission) {
        String[] words = permission.split(" ", 2);
        boolean subresource = words[1].equals("serviceaccounts/token");
        var answer = subresource
                ? asOperator.run("auth", "can-i", words[0], "serviceaccounts", "--subresource=token")
                : asOperator.run("auth", "can-i", words[0], words[1], "--all-namespaces");

        assertThat(answer.stdout().strip()).as(permission).isEqualTo("no");
    }
}
