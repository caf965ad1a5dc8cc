package dev.irsa.kubectl.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.aws.ScriptedHttp;
import dev.irsa.fixtures.eks.InMemoryEks;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

class AwsDiagnosisTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/app";
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/workloads";
    private static final String MANAGED = "arn:aws:iam::111122223333:policy/queue";
    private static final String DOCUMENT =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}]}";
    private static final StaticCredentialsProvider ANY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    private final ScriptedHttp http = new ScriptedHttp();
    private final InMemoryEks eks = new InMemoryEks(InstantSource.system());
    private final AwsDiagnosis aws = new AwsDiagnosis(
            IamClient.builder()
                    .httpClient(http)
                    .region(Region.AWS_GLOBAL)
                    .credentialsProvider(ANY)
                    .build(),
            AwsDiagnosisTest::caller,
            () -> eks);

    private static CallerIdentity caller() {
        return CallerIdentity.of("arn:aws:iam::111122223333:user/me");
    }

    @Test
    void readsRoleWithItsTrustPolicy() {
        http.then(200, """
                <GetRoleResponse><GetRoleResult><Role><Arn>%s</Arn><RoleId>AROA1</RoleId><RoleName>app</RoleName>
                <CreateDate>2026-01-01T00:00:00Z</CreateDate>
                <PermissionsBoundary><PermissionsBoundaryArn>arn:aws:iam::111122223333:policy/workloads</PermissionsBoundaryArn>
                </PermissionsBoundary>
                <AssumeRolePolicyDocument>%%7B%%22Statement%%22%%3A%%5B%%5D%%7D</AssumeRolePolicyDocument>
                </Role></GetRoleResult></GetRoleResponse>""".formatted(ROLE));

        assertThat(aws.role("app"))
                .contains(new RoleFacts(
                        ROLE,
                        "AROA1",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        PolicyDocument.parse("{\"Statement\":[]}"),
                        Optional.of(BOUNDARY)));
    }

    @Test
    void readsPoliciesAndBoundaryOfRole() {
        InMemoryIam iam = new InMemoryIam(InstantSource.system());
        iam.console().create("app", "/", DOCUMENT.formatted("sts:AssumeRole"));
        iam.putRolePolicy(request ->
                request.roleName("app").policyName("read").policyDocument(DOCUMENT.formatted("s3:GetObject")));
        iam.attachRolePolicy(request -> request.roleName("app").policyArn(MANAGED));
        iam.account().document(MANAGED, DOCUMENT.formatted("sqs:*"));
        iam.account().document(BOUNDARY, DOCUMENT.formatted("s3:*"));
        AwsDiagnosis fake = new AwsDiagnosis(iam, AwsDiagnosisTest::caller, () -> eks);

        assertThat(fake.policies("app"))
                .containsOnly(
                        Map.entry("read", PolicyDocument.parse(DOCUMENT.formatted("s3:GetObject"))),
                        Map.entry(MANAGED, PolicyDocument.parse(DOCUMENT.formatted("sqs:*"))));
        assertThat(fake.boundary(BOUNDARY))
                .map(PermissionsBoundary::document)
                .contains(PolicyDocument.parse(DOCUMENT.formatted("s3:*")));
        assertThat(fake.boundary(BOUNDARY + "-NoSuch")).isEmpty();
    }

    @Test
    void findsNoRole() {
        http.then(404, error("NoSuchEntity", "The role with name app cannot be found."));

        assertThat(aws.role("app")).isEmpty();
    }

    @Test
    void namesTheMissingAction() {
        http.then(403, error("AccessDenied", "User: x is not authorized to perform: iam:GetRole on resource: app"));

        Failure failure = catchThrowableOfType(FailureException.class, () -> aws.role("app"))
                .failure();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.AccessDenied.class,
                        denied -> assertThat(denied.action()).isEqualTo("iam:GetRole"));
    }

    @Test
    void simulatesActionWithWhatDeniesIt() {
        http.then(200, """
                <SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member>
                <EvalActionName>s3:GetObject</EvalActionName><EvalDecision>implicitDeny</EvalDecision>
                <PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary>
                </PermissionsBoundaryDecisionDetail>
                </member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>""");

        assertThat(aws.simulate(ROLE, "s3:GetObject", "arn:aws:s3:::b/k"))
                .isEqualTo(new SimulatedAction(
                        "s3:GetObject", "arn:aws:s3:::b/k", "implicitDeny", "not allowed by the permissions boundary"));
        assertThat(http.bodies().getFirst()).contains("Action=SimulatePrincipalPolicy", "ActionNames.member.1=s3");
    }

    @Test
    void readsAssociationWithItsTime() {
        eks.console().create("default", "app", ROLE);

        assertThat(aws.association("prod", "default", "app"))
                .hasValueSatisfying(found -> assertThat(found.roleArn()).isEqualTo(ROLE))
                .map(AssociationFacts::createdAt)
                .isPresent();
        assertThat(aws.association("prod", "default", "other")).isEmpty();
    }

    private static String error(String code, String message) {
        return "<ErrorResponse><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error></ErrorResponse>";
    }
}
