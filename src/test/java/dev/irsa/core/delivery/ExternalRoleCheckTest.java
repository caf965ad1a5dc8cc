package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalRoleCheckTest {
    private static final String ARN = "arn:aws:iam::111122223333:role/terraform/invoices";
    private static final String STATEMENT = "{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":"
            + "\"arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/1\"},"
            + "\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":{"
            + "\"oidc.example.com/id/1:sub\":\"system:serviceaccount:payments:invoices\","
            + "\"oidc.example.com/id/1:aud\":\"sts.amazonaws.com\"}}}";

    private static final ClusterIdentity CLUSTER = SampleCluster.of(
            "prod",
            "11111111-2222-3333-4444-555555555555",
            new Issuer("https://oidc.example.com/id/1"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    private static Desired.External desired(String arn) {
        var spec = Serialization.unmarshal("externalRole: {arn: '" + arn + "'}", IamServiceAccountSpec.class);
        return (Desired.External) Desired.of("payments", "invoices", spec, CLUSTER);
    }

    private static ExternalRoleCheck check(String statements) {
        return check(ARN, new TreeMap<>(), statements);
    }

    private static ExternalRoleCheck check(String arn, SortedMap<String, String> tags, String statements) {
        PolicyDocument trust = PolicyDocument.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
        return ExternalRoleCheck.of(desired(ARN), Optional.of(new ObservedTrust(arn, tags, trust)), CLUSTER);
    }

    private static Failure failure(ExternalRoleCheck check) {
        return ((ExternalRoleCheck.Refused) check).failure();
    }

    @Test
    void admitsTheStatementThatItAsksFor() {
        assertThat(check(STATEMENT)).isEqualTo(new ExternalRoleCheck.Admitted());
        assertThat(check(STATEMENT).plan().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "oidc.example.com/id/1\"}; oidc.example.com/id/2\"}; does not name the OIDC provider of this cluster",
                "sts:AssumeRoleWithWebIdentity; sts:AssumeRole; does not allow sts:AssumeRoleWithWebIdentity",
                "payments:invoices; payments:ledger; does not admit the subject system:serviceaccount:payments:invoices",
                "payments:invoices; payments:*; wildcard under StringEquals",
                "sts.amazonaws.com; other; does not admit the audience sts.amazonaws.com",
                "id/1:aud; id/2:aud; condition key of another OIDC provider"
            })
    void namesTheGapAndTheStatementToAdd(String part, String other, String gap) {
        Failure failure = failure(check(STATEMENT.replace(part, other)));

        assertThat(failure.reason()).isEqualTo(Reason.TrustMissing);
        assertThat(failure.message()).contains(ARN, gap).endsWith("add this statement to it: " + STATEMENT);
    }

    /** Users of the namespace may not be allowed to read the trust policy. */
    @Test
    void repeatsNothingOfTheTrustPolicy() {
        Failure failure = failure(
                check(
                        STATEMENT.replace("payments:invoices", "secret-team:secret-app")
                                + ",{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::999999999999:root\"},\"Action\":\"sts:*\"}"));

        assertThat(failure.message()).doesNotContain("secret").doesNotContain("999999999999");
    }

    @Test
    void leavesOpenWhatItCannotEvaluate() {
        assertThat(check(STATEMENT.replace(
                        "{\"StringEquals\"", "{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"},\"StringEquals\"")))
                .isInstanceOf(ExternalRoleCheck.Unknown.class);
        assertThat(check(STATEMENT + ",{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:*\"}"))
                .isInstanceOf(ExternalRoleCheck.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:role/invoices",
        "arn:aws:iam::111122223333:role/terraform/Invoices",
        "arn:aws:iam::111122223333:role/Terraform/invoices"
    })
    void refusesARoleOfAnotherPathOrSpelling(String shown) {
        Failure failure = failure(check(shown, new TreeMap<>(), STATEMENT));

        assertThat(failure.reason()).isEqualTo(Reason.RoleNotFound);
        assertThat(failure.message()).contains(ARN).doesNotContain(shown);
    }

    @Test
    void refusesARoleThatDoesNotExist() {
        assertThat(failure(ExternalRoleCheck.of(desired(ARN), Optional.empty(), CLUSTER))
                        .reason())
                .isEqualTo(Reason.RoleNotFound);
    }

    @Test
    void refusesARoleThatTheOperatorManagesForAnotherResource() {
        SortedMap<String, String> tags = CLUSTER.owner("billing", "ledger").tags();

        Failure failure = failure(check(ARN, tags, STATEMENT));

        assertThat(failure.reason()).isEqualTo(Reason.RoleConflict);
        assertThat(failure.message()).doesNotContain("billing");
    }

    @Test
    void saysWhatAnotherAccountNeeds() {
        String other = "arn:aws:iam::444455556666:role/invoices";

        assertThat(ExternalRoleCheck.inOtherAccount(desired(other)).readyMessage(other, Optional.of("invoices")))
                .isEqualTo("ServiceAccount invoices is annotated with role " + other
                        + "; its trust policy was not checked, because the operator cannot read account 444455556666;"
                        + " that account needs an OIDC provider oidc.example.com/id/1 with the audience"
                        + " sts.amazonaws.com, and the trust policy must admit"
                        + " system:serviceaccount:payments:invoices");
    }

    @Test
    void saysThatTheUserAnnotatesTheServiceAccount() {
        assertThat(new ExternalRoleCheck.Admitted().readyMessage(ARN, Optional.empty()))
                .contains("does not annotate")
                .contains("its management in spec.serviceAccounts is Ignore");
    }
}
