package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code explain} and {@code doctor} with roles in several AWS accounts. */
class OtherAccountsDiagnosisTest extends OtherAccountsTestBase {
    @Test
    void explainsTheRoleInTheOtherAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        createReadyResource();

        world.run(new ExplainCommand(), "reports");

        assertThat(world.out.toString())
                .containsPattern("Role +" + REPORTS)
                .containsPattern("IamAccount +analytics")
                .containsPattern("ok +An entitlement allows it +IamEntitlement analytics")
                .containsPattern(
                        "! +Role and ServiceAccount are up to date +\\d+ changes? to make, the first: create role")
                .containsPattern("FAILED +Role exists +" + REPORTS + " does not exist")
                .doesNotContain("111122223333");
        assertThat(world.other.calls().of("GetRole")).isPositive();
        assertThat(world.home.calls().of("GetRole")).isZero();
    }

    @Test
    void namesThePagesWhereTheOperatorPublishesThem() {
        String resource = RESOURCE + """
                status:
                  observedGeneration: 1
                  conditions: [{type: Ready, status: "False", observedGeneration: 1, reason: AccessDenied, message: denied,
                    lastTransitionTime: "2026-11-30T10:00:00Z"}]
                """;
        world.create(resource);
        world.server.client().resource(resource).patchStatus();

        world.run(new ExplainCommand(), "reports", "--no-aws");

        assertThat(world.out.toString())
                .contains("see https://docs.example.com/conditions.md")
                .doesNotContain("https://github.com");
    }

    /** A developer may not read IamAccounts, and needs no credentials for the account. */
    @Test
    void explainsWhatItCanWithoutTheAccount() {
        world.create(ENTITLEMENT);
        createReadyResource();
        denyIamAccounts();

        world.run(new ExplainCommand(), "reports");

        String reason =
                "account 444455556666 cannot be read: your AWS credentials are of account 111122223333, and no AWS"
                        + " profile of the account was found; pass --profile-for 444455556666=PROFILE";
        assertThat(world.out.toString())
                .containsPattern("ok +An entitlement allows it +IamEntitlement analytics")
                .containsPattern("\\? +Role and ServiceAccount are up to date +not compared with IAM in account")
                .containsPattern("\\? +Role exists +\\Q" + reason)
                .containsPattern("\\? +Trust policy admits the ServiceAccount +\\Q" + reason)
                .doesNotContain("arn:aws:iam::111122223333");
        assertThat(world.home.calls().of("GetRole")).isZero();
    }

    /** Creates the resource as the operator reports it after it has created the role. */
    private void createReadyResource() {
        String resource = RESOURCE + """
                status:
                  observedGeneration: 1
                  roleARN: %s
                  role: {id: AROA1}
                  conditions: [{type: Ready, status: "True", observedGeneration: 1, reason: Ready, message: up to date,
                    lastTransitionTime: "2026-11-30T10:00:00Z"}]
                """.formatted(REPORTS);
        world.create(resource);
        world.server.client().resource(resource).patchStatus();
        world.annotate("reports", REPORTS);
    }

    /** The cluster of the same name there is another one. */
    @Test
    void diagnosesNoAssociationOfAnotherAccount() {
        System.setProperty("aws.accessKeyId", "AKIDOTHER");
        world.create("apiVersion: v1\nkind: ServiceAccount\nmetadata: {namespace: shop, name: reports}\n");

        world.run(new DoctorCommand(), "sa/reports", "--eks-cluster-name=prod");

        assertThat(world.out.toString())
                .contains(
                        "EKS Pod Identity associations were not checked: account 111122223333 cannot be read: your AWS"
                                + " credentials are of account 444455556666, and no AWS profile of the account was found; pass"
                                + " --profile-for 111122223333=PROFILE");
    }

    @Test
    void diagnosesTheRoleInTheOtherAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.role(world.other, "reports");

        world.run(new DoctorCommand(), "sa/reports");

        assertThat(world.out.toString())
                .containsPattern("ok +Role exists +arn:aws:iam::444455556666:role/reports")
                .containsPattern("ok +Trust policy names the issuer +arn:aws:iam::444455556666:oidc-provider/")
                .containsPattern("ok +Trust policy admits the ServiceAccount +system:serviceaccount:shop:reports");
    }
}
