package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Moves roles that the real eksctl created to the operator, with the commands of docs/migrate, and back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EksctlIT {
    private static final String BOUNDARY = "arn:aws:iam::aws:policy/PowerUserAccess";
    private static final String STACK = "eksctl-production-addon-iamserviceaccount-";

    private static final String SET_STACK = "STACK=" + STACK + "payments-invoices\n";
    private static final String GET_TEMPLATE =
            SET_STACK + "aws cloudformation get-template --stack-name \"$STACK\" --query TemplateBody ";

    /** Everything that an eksctl file can say about a role, but for a boundary. */
    private static final String FILE = """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: production, region: eu-west-1}
            iam:
              withOIDC: true
              serviceAccounts:
              - metadata: {namespace: shop, name: orders, labels: {team: shop}}
                attachPolicyARNs: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"]
                attachPolicy:
                  Version: "2012-10-17"
                  Statement: [{Effect: Allow, Action: ["s3:GetObject"], Resource: "arn:aws:s3:::orders/*"}]
                wellKnownPolicies: {autoScaler: true, awsLoadBalancerController: true, certManager: true,
                  ebsCSIController: true, efsCSIController: true, externalDNS: true, imageBuilder: true}
                roleName: shop-orders
                tags: {cost-center: shop}
            """;

    private EksctlCluster cluster;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        cluster = EksctlCluster.start(home);
    }

    @AfterAll
    void stop() {
        cluster.close();
        OperatorLog.assertNoStackTrace(cluster.operator().log());
    }

    private AdoptedRole adoptable(String namespace, String name) {
        return AdoptedRole.of(cluster.env(), EksctlCluster.NAME, namespace, name);
    }

    @Test
    void pluginRecognizesMakerByTagsOfStack() {
        cluster.create("labeled", "invoices");

        assertThat(cluster.tags("labeled", "invoices"))
                .containsEntry("aws:cloudformation:stack-name", STACK + "labeled-invoices")
                .containsEntry("aws:cloudformation:logical-id", "Role1")
                .containsKey("aws:cloudformation:stack-id")
                .containsEntry("alpha.eksctl.io/cluster-name", "production")
                .containsEntry("eksctl.cluster.k8s.io/v1alpha1/cluster-name", "production")
                .containsKey("alpha.eksctl.io/eksctl-version")
                .containsEntry("alpha.eksctl.io/iamserviceaccount-name", "labeled/invoices");
        assertThat(cluster.label("labeled", "invoices")).isEqualTo("eksctl");
        JsonNode managedBy = KubectlIrsa.of(
                        cluster.controlPlane().kubeconfig(), cluster.aws().endpoint())
                .json("get", "--namespace", "labeled")
                .at("/items/0/managedBy");
        assertThat(managedBy.path("maker").asText()).isEqualTo("eksctl");
        assertThat(managedBy.path("certain").asBoolean()).isTrue();
    }

    @Test
    void guideMovesRoleAndReturnsIt(@TempDir Path folder) throws Exception {
        cluster.create("payments", "invoices");
        AdoptedRole role = adoptable("payments", "invoices");
        GuideRun.of(EksctlIT.class, cluster.shell(folder), guide -> {
            assertThat(guide.run("eksctl get iamserviceaccount")).contains("payments", "invoices", role.arn());
            assertThat(guide.run("kubectl irsa import -n payments --output-dir imported"))
                    .contains("only ownership tags", "1 with ownership tags only");
            assertThat(guide.run("ROLE_ARN=$(kubectl get serviceaccount invoices"))
                    .contains("offered to IamServiceAccount production/payments/invoices");
            guide.run("kubectl apply --kustomize imported");
            adopt(guide, role);
            handOver(guide, role);
            returnToEksctl(guide, role);
        });
    }

    private void adopt(GuideRun guide, AdoptedRole role) {
        role.resource().awaitReason("Suspended");
        assertThat(guide.run("kubectl get iamsa invoices --namespace payments -o jsonpath='{range")
                        .lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("(tag role|remove the tags) .*irsa\\.dev/.*"))
                .noneMatch(line -> line.contains("aws:"));
        guide.run("kubectl patch iamsa invoices");
        role.assertAdoptedUnchanged();
    }

    private void handOver(GuideRun guide, AdoptedRole role) {
        guide.run(GET_TEMPLATE + "--output json >");
        assertThat(guide.run(GET_TEMPLATE + "|")).contains("true");
        guide.run(SET_STACK + "aws cloudformation update-termination-protection");
        role.assertAdoptedUnchanged();
        guide.run("kubectl label serviceaccount invoices");

        Command.Result deletion = cluster.iamServiceAccount("delete", "payments", "invoices", "--wait");

        assertThat(deletion.stdout()).contains("was not created by eksctl; will not be deleted");
        role.assertAdoptedUnchanged();
    }

    private void returnToEksctl(GuideRun guide, AdoptedRole role) {
        guide.run("ROLE=$(kubectl get iamsa invoices --namespace payments -o jsonpath='{.status.role.name}')");
        role.assertReleased();
        role.assertAnnotated();
        guide.run("ARN=$(kubectl get serviceaccount invoices");
        role.assertAnnotated();
        assertThat(cluster.label("payments", "invoices")).isEqualTo("eksctl");
    }

    @Test
    void roleWithEveryPropertyIsAdoptedUnchanged() {
        cluster.eksctl()
                .run(FILE, "create", "iamserviceaccount", "--config-file=-", "--approve")
                .orThrow();
        // ministack ignores permissionsBoundary of the file, which eksctl writes into its template.
        cluster.env()
                .iam()
                .putRolePermissionsBoundary(
                        request -> request.roleName("shop-orders").permissionsBoundary(BOUNDARY));
        AdoptedRole role = adoptable("shop", "orders");
        assertThat(role.name()).isEqualTo("shop-orders");
        assertThat(role.before().tags()).containsEntry("cost-center", "shop");
        assertThat(role.documents()).hasSize(9);
        assertThat(role.before().attached()).hasSize(3);

        role.apply(Map.of("permissionsBoundaryARN", BOUNDARY));
        role.adopt();
    }

    @Test
    void stackDeletesRoleThatWasNotHandedOver() {
        cluster.create("early", "invoices");
        AdoptedRole role = adoptable("early", "invoices");
        role.apply(Map.of());
        role.adopt();

        cluster.iamServiceAccount("delete", "early", "invoices", "--wait");

        assertThat(cluster.env().roleExists(role.name())).isFalse();
        role.resource().awaitReason("RoleConflict");
    }
}
