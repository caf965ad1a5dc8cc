package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.Management;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EksctlConfigTest {
    private static final String CLUSTER = """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: production, region: eu-west-1, tags: {team: platform}}
            """;

    @Test
    void readsEveryFieldOfServiceAccount() throws InvalidFile {
        EksctlConfig config = parse(CLUSTER + """
                iam:
                  withOIDC: false
                  serviceAccounts:
                  - metadata:
                      name: invoices
                      namespace: payments
                      labels: {tier: backend}
                      annotations: {note: "a"}
                    attachPolicyARNs: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]
                    attachPolicy: {Version: "2012-10-17", Statement: []}
                    wellKnownPolicies: {externalDNS: true, certManager: false}
                    permissionsBoundary: arn:aws:iam::111122223333:policy/boundary
                    roleName: invoices
                    roleOnly: true
                    tags: {cost: "42"}
                    subjectPattern: "invoices-*"
                """);

        EksctlServiceAccount account = config.serviceAccounts().getFirst();
        assertThat(config.cluster()).isEqualTo("production");
        assertThat(config.notExpressed()).isEmpty();
        assertThat(account.place()).isEqualTo("iam.serviceAccounts[0]");
        assertThat(account.account()).isEqualTo(new AccountKey("payments", "invoices"));
        assertThat(account.management()).isEqualTo(Management.Ignore);
        assertThat(account.policies().managed()).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(account.policies().inline())
                .singleElement()
                .extracting(policy -> policy.document().path("Version").asText())
                .isEqualTo("2012-10-17");
        assertThat(account.wellKnown()).containsExactly(EksctlPolicy.EXTERNAL_DNS);
        assertThat(account.role().permissionsBoundaryARN()).isEqualTo("arn:aws:iam::111122223333:policy/boundary");
        assertThat(account.role().name()).isEqualTo("invoices");
        assertThat(account.role().tags()).containsOnly(Map.entry("team", "platform"), Map.entry("cost", "42"));
        assertThat(account.notExpressed())
                .extracting(note -> note.substring(0, note.indexOf(": ")).replace("iam.serviceAccounts[0].", ""))
                .containsExactly("subjectPattern", "roleName", "roleOnly", "metadata.labels", "metadata.annotations");
    }

    @Test
    void placesAccountWithoutNamespaceInDefault() throws InvalidFile {
        EksctlConfig config = parse(CLUSTER + """
                iam: {serviceAccounts: [{metadata: {name: a}, attachPolicyARNs: [arn:aws:iam::aws:policy/P]}]}
                """);

        assertThat(config.serviceAccounts().getFirst().account().namespace()).isEqualTo("default");
    }

    @Test
    void readsEachClusterConfigAndSkipsOtherDocuments() throws InvalidFile {
        String other = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: payments}\n---\n";

        assertThat(EksctlConfig.parse("f.yaml", CLUSTER + other + CLUSTER.replace("production", "staging") + "---\n"))
                .extracting(EksctlConfig::cluster)
                .containsExactly("production", "staging");
    }

    @Test
    void reportsUnknownFieldsWithTheirPlaces() throws InvalidFile {
        EksctlConfig config = parse(CLUSTER + """
                iam:
                  novelty: 1
                  serviceAccounts:
                  - metadata: {name: a, uid: x}
                    attachRoleARN: arn:aws:iam::111122223333:role/a
                    trustPolicy: {}
                    wellKnownPolicies: {nodeLocalDNS: true}
                """);

        assertThat(config.notExpressed()).containsExactly("iam.novelty: not a known field of eksctl");
        assertThat(config.serviceAccounts().getFirst().notExpressed())
                .endsWith(
                        "iam.serviceAccounts[0].trustPolicy: not a known field of eksctl",
                        "iam.serviceAccounts[0].metadata.uid: not a known field of eksctl",
                        "iam.serviceAccounts[0].wellKnownPolicies.nodeLocalDNS: not a known field of eksctl");
    }

    @Test
    void reportsRolesThatEksctlCreatesElsewhere() throws InvalidFile {
        EksctlConfig config = parse(CLUSTER + """
                iam: {withOIDC: true, podIdentityAssociations: [{namespace: a, serviceAccountName: b}]}
                addons: [{name: coredns}, {name: aws-ebs-csi-driver, wellKnownPolicies: {ebsCSIController: true}}]
                """);

        assertThat(config.notExpressed())
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("iam.podIdentityAssociations: "),
                        note -> assertThat(note).startsWith("addons[1]: "),
                        note -> assertThat(note).startsWith("iam.withOIDC: ").contains("kube-system/aws-node"));
    }

    @Test
    void expectsNoRoleForNetworkPluginThatIsAnAddon() throws InvalidFile {
        assertThat(parse(CLUSTER + "iam: {withOIDC: true}\naddons: [{name: VPC-CNI}]\n")
                        .notExpressed())
                .isEmpty();
    }

    @Test
    void namesThePlaceOfEachError() {
        assertError("iam: {serviceAccounts: {}}", "cluster.yaml: iam.serviceAccounts: must be a list");
        assertError("iam: {serviceAccounts: [a]}", "cluster.yaml: iam.serviceAccounts[0]: must be an object");
        assertError("iam: {serviceAccounts: [{}]}", "cluster.yaml: iam.serviceAccounts[0].metadata.name: missing");
        assertError(
                account("{metadata: {name: a}}"),
                "cluster.yaml: iam.serviceAccounts[0]: no permissions; set attachPolicyARNs");
        assertError(
                account("{metadata: {name: a}, attachPolicyARNs: [1]}"),
                "cluster.yaml: iam.serviceAccounts[0].attachPolicyARNs[0]: must be a string; quote it");
        assertError(
                account("{metadata: {name: a}, tags: {cost: 42}}"),
                "cluster.yaml: iam.serviceAccounts[0].tags.cost: must be a string; quote it");
        assertError(
                account("{metadata: {name: a}, roleOnly: \"yes\"}"),
                "cluster.yaml: iam.serviceAccounts[0].roleOnly: must be true or false");
        assertError(
                account("{metadata: {name: a}, attachRoleARN: r}, {metadata: {name: a}, attachRoleARN: r}"),
                "cluster.yaml: iam.serviceAccounts[1].metadata.name: a second declaration");
    }

    @Test
    void refusesFilesOfOtherKinds() {
        assertThatThrownBy(() -> EksctlConfig.parse("f.yaml", "kind: Pod\napiVersion: v1\n"))
                .isInstanceOf(InvalidFile.class)
                .hasMessageContaining("f.yaml has no ClusterConfig of eksctl");
        assertThatThrownBy(() -> EksctlConfig.parse("f.yaml", CLUSTER.replace("v1alpha5", "v1beta1")))
                .hasMessageContaining("f.yaml: apiVersion: only eksctl.io/v1alpha5 is supported");
        assertThatThrownBy(() -> EksctlConfig.parse("f.yaml", "a: [")).hasMessageContaining("f.yaml is not valid YAML");
        assertThatThrownBy(() -> EksctlConfig.parse("f.yaml", "a: !!java.net.URL [\"http://127.0.0.1\"]"))
                .isInstanceOf(InvalidFile.class);
    }

    private static String account(String elements) {
        return "iam: {serviceAccounts: [" + elements + "]}";
    }

    private static void assertError(String iam, String message) {
        assertThatThrownBy(() -> parse(CLUSTER + iam))
                .isInstanceOf(InvalidFile.class)
                .hasMessageStartingWith(message);
    }

    private static EksctlConfig parse(String text) throws InvalidFile {
        return EksctlConfig.parse("cluster.yaml", text).getFirst();
    }
}
