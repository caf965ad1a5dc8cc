package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.failure.Failure;
import dev.irsa.failure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.model.StsException;

class AwsFailuresTest {
    private static final String ACTION = "iam:PutRolePolicy";
    private static final String SUBJECT = "prod_payments_invoices";

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchEntity", "NoSuchEntityException"})
    void whatIsNotThereIsNotFound(String code) {
        String words = "The role with name " + SUBJECT + " cannot be found.";

        assertThat(iam(code, words)).isEqualTo(new Failure.NotFound(ACTION, words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iam:AttachRolePolicy            | Policy arn:aws:iam::aws:policy/Nope does not exist or is not attachable.
            iam:CreateRole                  | Scope ARN: arn:aws:iam::111122223333:policy/nope does not exist or is not attachable.
            iam:PutRolePermissionsBoundary  | Scope ARN: arn:aws:iam::111122223333:policy/nope does not exist or is not attachable.
            """)
    void aPolicyThatCannotBeGivenIsTheSpecsToChange(String action, String words) {
        assertThat(AwsFailures.of(action, SUBJECT, answer("NoSuchEntity", words)))
                .isEqualTo(new Failure.Refused(Reason.PolicyNotFound, action, words));
    }

    @Test
    void aPolicyThatIsDetachedAlreadyIsOnlyNotThere() {
        String words = "Policy arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess was not found.";

        assertThat(AwsFailures.of("iam:DetachRolePolicy", SUBJECT, answer("NoSuchEntity", words)))
                .isEqualTo(new Failure.NotFound("iam:DetachRolePolicy", words));
    }

    @Test
    void aRoleOrAPolicyInTheWayIsToldApartFromOneThatIsMissing() {
        assertThat(iam("EntityAlreadyExists", "x")).isEqualTo(new Failure.RoleExists("x"));
        assertThat(iam("EntityAlreadyExistsException", "x")).isEqualTo(new Failure.RoleExists("x"));
        assertThat(iam("DeleteConflict", "x")).isEqualTo(new Failure.RoleInUse("x"));
        assertThat(iam("DeleteConflictException", "x")).isEqualTo(new Failure.RoleInUse("x"));
    }

    @ParameterizedTest
    @CsvSource({
        "LimitExceeded, QuotaExceeded",
        "LimitExceededException, QuotaExceeded",
        "MalformedPolicyDocument, MalformedPolicy",
        "MalformedPolicyDocumentException, MalformedPolicy",
        "PolicyNotAttachable, PolicyNotFound",
        "PolicyNotAttachableException, PolicyNotFound",
        "InvalidInput, InvalidSpec",
        "InvalidInputException, InvalidSpec",
        "ValidationError, InvalidSpec",
        "ValidationException, InvalidSpec"
    })
    void whatTheSpecOrTheAccountMustChangeIsPassedOnInAwssWords(String code, Reason reason) {
        assertThat(iam(code, "words of AWS")).isEqualTo(new Failure.Refused(reason, ACTION, "words of AWS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnmodifiableEntity", "UnmodifiableEntityException"})
    void aRoleOfAnAwsServiceIsAConflict(String code) {
        assertThat(iam(code, "x"))
                .isEqualTo(new Failure.RoleConflict(
                        SUBJECT, "belongs to an AWS service and cannot be changed; choose another spec.role.name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConcurrentModification", "ConcurrentModificationException"})
    void whatIsBeingChangedIsWaitedFor(String code) {
        assertThat(iam(code, "request 7 is running"))
                .isEqualTo(new Failure.Passing(
                        Reason.Reconciling, "AWS is still at an earlier change of role " + SUBJECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Throttling",
                "ThrottlingException",
                "ThrottledException",
                "TooManyRequests",
                "TooManyRequestsException",
                "RequestLimitExceeded",
                "RequestThrottled",
                "SlowDown"
            })
    void throttlingPasses(String code) {
        assertThat(iam(code, "Rate exceeded"))
                .isEqualTo(new Failure.Passing(
                        Reason.Throttled, "AWS asks to slow down: too many IAM calls in the account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"})
    void aDenialNamesTheActionAndWhoDeniesButNotOurSession(String code) {
        String words = "User: arn:aws:sts::111122223333:assumed-role/irsa-operator/session-17 is not authorized to"
                + " perform: iam:PassRole on resource: role x with an explicit deny in a service control policy";

        assertThat(iam(code, words))
                .isEqualTo(new Failure.AccessDenied(
                        "iam:PassRole",
                        "not authorized to perform: iam:PassRole on resource: role x"
                                + " with an explicit deny in a service control policy"));
        assertThat(iam(code, "No.")).isEqualTo(new Failure.AccessDenied(ACTION, "No."));
    }

    @Test
    void aDenialOfStsMeansNoCredentials() {
        assertThat(AwsFailures.of("sts:GetCallerIdentity", "", answer("AccessDenied", "No.")))
                .isEqualTo(new Failure.Passing(
                        Reason.CredentialsUnavailable, "AWS does not give the operator credentials: No."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExpiredToken",
                "ExpiredTokenException",
                "RequestExpired",
                "InvalidClientTokenId",
                "UnrecognizedClient",
                "UnrecognizedClientException",
                "InvalidIdentityToken",
                "SignatureDoesNotMatch",
                "IncompleteSignature",
                "MissingAuthenticationToken",
                "MissingAuthenticationTokenException",
                "NotAuthorized"
            })
    void badCredentialsPass(String code) {
        assertThat(iam(code, "The security token AQoX included in the request is expired"))
                .isEqualTo(new Failure.Passing(
                        Reason.CredentialsUnavailable, "AWS does not take the operator's credentials: " + code));
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceFailure, oops, 'AWS answered iam:PutRolePolicy with ServiceFailure: oops'",
        "ServiceFailureException, , AWS answered iam:PutRolePolicy with ServiceFailureException",
        "NeverHeardOf, oops, 'AWS answered iam:PutRolePolicy with NeverHeardOf: oops'",
        ", , AWS answered iam:PutRolePolicy with HTTP status 503"
    })
    void whatNobodyHasListedPassesWithItsCodeInTheMessage(
            @Nullable String code, @Nullable String message, String told) {
        assertThat(iam(code, message)).isEqualTo(new Failure.Passing(Reason.AwsUnavailable, told));
    }

    @Test
    void anAnswerWithoutDetailsPasses() {
        IamException bare =
                (IamException) IamException.builder().statusCode(502).build();

        assertThat(AwsFailures.of(ACTION, SUBJECT, bare))
                .isEqualTo(new Failure.Passing(
                        Reason.AwsUnavailable, "AWS answered iam:PutRolePolicy with HTTP status 502"));
    }

    @Test
    void whateverStsSaysInTheMiddleOfAnotherCallIsAboutCredentials() {
        assertThat(AwsFailures.of(ACTION, SUBJECT, sts("InvalidIdentityToken", "No provider for the issuer")))
                .isEqualTo(credentials("InvalidIdentityToken: No provider for the issuer"));
        assertThat(AwsFailures.of(ACTION, SUBJECT, sts("AccessDenied", "User: a/session is not authorized to x")))
                .isEqualTo(credentials("AccessDenied: not authorized to x"));
    }

    @Test
    void stsWithoutWordsIsAboutCredentialsToo() {
        StsException bare =
                (StsException) StsException.builder().statusCode(502).build();

        assertThat(AwsFailures.of(ACTION, SUBJECT, bare)).isEqualTo(credentials("no answer"));
        assertThat(AwsFailures.of(ACTION, SUBJECT, sts(null, null))).isEqualTo(credentials("HTTP status 503"));
        assertThat(AwsFailures.of(ACTION, SUBJECT, sts("Oops", null))).isEqualTo(credentials("Oops"));
    }

    static Stream<RuntimeException> missingCredentials() {
        return Stream.of(
                SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                SdkClientException.create("Unable to read the web identity token file"),
                SdkClientException.create("x", new UncheckedIOException(new NoSuchFileException("/var/run/token"))));
    }

    @ParameterizedTest
    @MethodSource("missingCredentials")
    void credentialsThatAreNotThereAreNamed(RuntimeException thrown) {
        assertThat(AwsFailures.of(ACTION, SUBJECT, thrown))
                .isEqualTo(new Failure.Passing(
                        Reason.CredentialsUnavailable,
                        "the operator has no AWS credentials; give its ServiceAccount a role (IRSA or EKS Pod"
                                + " Identity), or set the AWS environment variables"));
    }

    static Stream<RuntimeException> noAnswers() {
        return Stream.of(
                SdkClientException.create("x", new ConnectException("Connection refused")),
                SdkClientException.create("x", new IOException("Connection reset")),
                SdkClientException.create("x", new SocketTimeoutException("Read timed out")),
                SdkClientException.create("x", new UnknownHostException("iam.amazonaws.com")),
                ApiCallTimeoutException.create(5000),
                SdkClientException.create("Could not parse XML response."),
                new UncheckedIOException(new IOException("truncated")));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void noUsableAnswerPasses(RuntimeException thrown) {
        Failure failure = AwsFailures.of(ACTION, SUBJECT, thrown);

        assertThat(failure.reason()).isEqualTo(Reason.AwsUnavailable);
        assertThat(failure.message()).startsWith("AWS gives no usable answer: ");
    }

    private static Failure credentials(String words) {
        return new Failure.Passing(
                Reason.CredentialsUnavailable, "AWS STS does not give the operator credentials: " + words);
    }

    private static Failure iam(@Nullable String code, @Nullable String message) {
        return AwsFailures.of(ACTION, SUBJECT, answer(code, message));
    }

    private static IamException answer(@Nullable String code, @Nullable String message) {
        return (IamException) IamException.builder()
                .awsErrorDetails(details(code, message))
                .statusCode(503)
                .requestId("00000000-1111")
                .build();
    }

    private static StsException sts(@Nullable String code, @Nullable String message) {
        return (StsException) StsException.builder()
                .awsErrorDetails(details(code, message))
                .statusCode(503)
                .build();
    }

    private static AwsErrorDetails details(@Nullable String code, @Nullable String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }
}
