package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.plan.InvalidFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EksctlServiceAccountTest {
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

    @Test
    void expressesRoleAndPolicies() throws Exception {
        EksctlServiceAccount account = declaration("""
                attachPolicyARNs: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]
                attachPolicy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}
                permissionsBoundary: %s
                roleName: invoices
                tags: {team: payments}
                """.formatted(BOUNDARY));

        IamServiceAccountSpec spec = account.spec("aws");

        assertThat(spec.role().name()).isEqualTo("invoices");
        assertThat(spec.role().path()).isNull();
        assertThat(spec.role().permissionsBoundaryARN()).isEqualTo(BOUNDARY);
        assertThat(spec.role().tags()).containsOnly(Map.entry("team", "payments"));
        assertThat(spec.externalRole()).isNull();
        assertThat(spec.serviceAccounts()).isEmpty();
        assertThat(spec.policies().managed()).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(spec.policies().inline()).extracting(InlinePolicy::name).containsExactly("Policy1");
        assertThat(spec.suspend()).isTrue();
        assertThat(account.notExpressed())
                .singleElement()
                .asString()
                .startsWith("iam.serviceAccounts[0].roleName: the operator creates the role under its role path");
    }

    @Test
    void expressesWellKnownPoliciesInThePartitionOfTheCluster() throws Exception {
        String all = Arrays.stream(EksctlPolicy.values())
                .map(policy -> policy.field() + ": true")
                .collect(Collectors.joining(", ", "wellKnownPolicies: {", "}"));

        PoliciesSpec policies = declaration(all).spec("aws-cn").policies();

        assertThat(policies.managed())
                .containsExactly("AmazonEC2ContainerRegistryPowerUser", "service-role/AmazonEBSCSIDriverPolicy");
        assertThat(policies.inline())
                .extracting(InlinePolicy::name)
                .containsExactly(
                        "PolicyAutoScaling",
                        "PolicyAWSLoadBalancerController",
                        "PolicyExternalDNSChangeSet",
                        "PolicyExternalDNSHostedZones",
                        "PolicyCertManagerChangeSet",
                        "PolicyCertManagerGetChange",
                        "PolicyCertManagerHostedZones",
                        "PolicyEFSCSIController");
        assertThat(policies.inline())
                .allSatisfy(policy -> assertThat(policy.document().toString())
                        .contains("\"Version\":\"2012-10-17\"")
                        .doesNotContain("${")
                        .doesNotContain("arn:aws:"));
    }

    @Test
    void writesTheDocumentsOfEksctl() throws Exception {
        List<InlinePolicy> policies = declaration("wellKnownPolicies: {externalDNS: true}")
                .spec("aws")
                .policies()
                .inline();

        PolicyDocument changes = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                 "Action": "route53:ChangeResourceRecordSets", "Resource": "arn:aws:route53:::hostedzone/*"}}""");
        PolicyDocument lists = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": [
                 "route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ListTagsForResource"]}}""");
        assertThat(policies)
                .extracting(policy -> PolicyDocument.of(policy.document()))
                .containsExactly(changes, lists);
    }

    @Test
    void turnsAttachedRoleIntoExternalRole() throws Exception {
        EksctlServiceAccount account = declaration("""
                attachRoleARN: arn:aws:iam::444455556666:role/shared
                attachPolicyARNs: [arn:aws:iam::aws:policy/P]
                attachPolicy: {Statement: []}
                wellKnownPolicies: {autoScaler: true}
                permissionsBoundary: %s
                roleName: invoices
                tags: {team: payments}
                """.formatted(BOUNDARY));

        IamServiceAccountSpec spec = account.spec("aws");

        assertThat(spec.role()).isEqualTo(RoleSpec.DEFAULT);
        assertThat(spec.externalRole()).isEqualTo(new ExternalRoleSpec("arn:aws:iam::444455556666:role/shared"));
        assertThat(spec.policies()).isEqualTo(PoliciesSpec.NONE);
        assertThat(account.notExpressed())
                .contains("iam.serviceAccounts[0].attachRoleARN: the role becomes spec.externalRole, which others keep "
                        + "managing")
                .filteredOn(note -> note.endsWith("eksctl ignores it beside attachRoleARN"))
                .hasSize(5);
    }

    @Test
    void leavesServiceAccountOfRoleOnlyToOthers() throws Exception {
        EksctlServiceAccount account = declaration("roleOnly: true\nattachPolicyARNs: [arn:aws:iam::aws:policy/P]\n");

        assertThat(account.spec("aws").serviceAccounts())
                .extracting(ServiceAccountSpec::management)
                .containsExactly(Management.Ignore);
        assertThat(account.notExpressed()).singleElement().asString().startsWith("iam.serviceAccounts[0].roleOnly: ");
    }

    @Test
    void reportsWhatTheResourceCannotExpress() throws Exception {
        EksctlServiceAccount account =
                EksctlConfig.parse("f", """
                apiVersion: eksctl.io/v1alpha5
                kind: ClusterConfig
                metadata: {name: c}
                iam:
                  serviceAccounts:
                  - metadata: {name: a, labels: {a: b}, annotations: {c: d}}
                    attachPolicy:
                      Statement: [{Effect: Allow, Action: "*", Resource: {"Fn::Sub": "arn:${AWS::Partition}:s3:::b"}}]
                    subjectPattern: "*"
                    tags: {"AWS:x": y, "irsa.dev/cluster": other, team: payments}
                    extra: 1
                """).getFirst().serviceAccounts().getFirst();

        assertThat(account.notExpressed())
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].subjectPattern: "),
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].tags.AWS:x: "),
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].tags.irsa.dev/cluster: "),
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].attachPolicy: "),
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].metadata.labels: "),
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].metadata.annotations: "),
                        note -> assertThat(note).startsWith("iam.serviceAccounts[0].extra: "));
        assertThat(account.spec("aws").role().tags()).containsOnlyKeys("team");
        assertThat(account.spec("aws").policies().inline()).isEmpty();
    }

    @Test
    void writesSpecsThatCanBeReadBack() throws Exception {
        IamServiceAccountSpec spec = declaration(
                        "wellKnownPolicies: {awsLoadBalancerController: true}\nroleName: lbc\n")
                .spec("aws");
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readValue(json.writeValueAsString(spec), IamServiceAccountSpec.class))
                .isEqualTo(spec);
    }

    private static EksctlServiceAccount declaration(String fields) throws InvalidFile {
        String text = """
                apiVersion: eksctl.io/v1alpha5
                kind: ClusterConfig
                metadata: {name: c}
                iam:
                  serviceAccounts:
                  - metadata: {name: invoices, namespace: payments}
                """ + fields.strip().indent(4);
        return EksctlConfig.parse("cluster.yaml", text)
                .getFirst()
                .serviceAccounts()
                .getFirst();
    }
}
