package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.aws.AwsAnswers;
import dev.irsa.fixtures.eks.EksErrors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.IamException;

class AwsExceptionTranslatorTest {
    private static final String ACTION = "iam:PutRolePolicy";
    private static final String SUBJECT = "prod_payments_invoices";

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchEntity", "NoSuchEntityException"})
    void mapsNoSuchEntityToNotFound(String code) {
        String words = "The role with name " + SUBJECT + " cannot be found.";

        assertThat(iam(code, words)).isEqualTo(new AwsFailure.NotFound(ACTION, words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iam:AttachRolePolicy            | Policy arn:aws:iam::aws:policy/Nope does not exist or is not attachable.
            iam:CreateRole                  | Scope ARN: arn:aws:iam::111122223333:policy/nope does not exist or is not attachable.
            iam:PutRolePermissionsBoundary  | Scope ARN: arn:aws:iam::111122223333:policy/nope does not exist or is not attachable.
            """)
    void mapsUnattachablePolicyToPolicyNotFound(String action, String words) {
        assertThat(AwsExceptionTranslator.of(action, SUBJECT, AwsAnswers.iam("NoSuchEntity", words)))
                .isEqualTo(new AwsFailure.Refused(Reason.PolicyNotFound, action, words));
    }

    @Test
    void mapsDetachedPolicyToNotFound() {
        String words = "Policy arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess was not found.";

        assertThat(AwsExceptionTranslator.of("iam:DetachRolePolicy", SUBJECT, AwsAnswers.iam("NoSuchEntity", words)))
                .isEqualTo(new AwsFailure.NotFound("iam:DetachRolePolicy", words));
    }

    @Test
    void distinguishesConflictFromMissing() {
        assertThat(iam("EntityAlreadyExists", "x")).isEqualTo(new AwsFailure.AlreadyExists("x"));
        assertThat(iam("EntityAlreadyExistsException", "x")).isEqualTo(new AwsFailure.AlreadyExists("x"));
        assertThat(iam("DeleteConflict", "x")).isEqualTo(new AwsFailure.RoleInUse("x"));
        assertThat(iam("DeleteConflictException", "x")).isEqualTo(new AwsFailure.RoleInUse("x"));
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
    void passesOnMessageOfPermanentError(String code, Reason reason) {
        assertThat(iam(code, "words of AWS")).isEqualTo(new AwsFailure.Refused(reason, ACTION, "words of AWS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnmodifiableEntity", "UnmodifiableEntityException"})
    void mapsServiceLinkedRoleToConflict(String code) {
        assertThat(iam(code, "x"))
                .isEqualTo(
                        Failure.roleConflict(
                                SUBJECT,
                                "belongs to an AWS service and cannot be changed; create a resource with another spec.role.name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConcurrentModification", "ConcurrentModificationException"})
    void mapsConcurrentModificationToRetry(String code) {
        assertThat(iam(code, "request 7 is running"))
                .isEqualTo(new Failure.Passing(
                        Reason.Reconciling,
                        "AWS is still applying an earlier change to role " + SUBJECT + "; no action needed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Throttling",
                "ThrottlingException",
                "ThrottledException",
                "TooManyRequestsException",
                "RequestLimitExceeded",
                "RequestThrottled",
                "SlowDown"
            })
    void throttlingIsTransient(String code) {
        assertThat(iam(code, "Rate exceeded"))
                .isEqualTo(new Failure.Passing(
                        Reason.Throttled, "AWS is throttling IAM in this account; retrying, no action needed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"})
    void aDenialNamesTheActionTheRoleAndWhoDeniesButNotTheSession(String code) {
        String words = "User: arn:aws:sts::111122223333:assumed-role/irsa-operator/session-17 is not authorized to"
                + " perform: iam:PassRole on resource: role x with an explicit deny in a service control policy";

        assertThat(iam(code, words))
                .isEqualTo(new Failure.AccessDenied(
                        "iam:PassRole",
                        "arn:aws:sts::111122223333:assumed-role/irsa-operator is not authorized to perform: iam:PassRole"
                                + " on resource: role x with an explicit deny in a service control policy"));
        assertThat(iam(code, "No.")).isEqualTo(new Failure.AccessDenied(ACTION, "No."));
    }

    @Test
    void aDenialNamesTheUser() {
        String words = "User: arn:aws:iam::111122223333:user/platform/bob is not authorized to perform: iam:GetRole";

        assertThat(iam("AccessDenied", words))
                .isEqualTo(new Failure.AccessDenied(
                        "iam:GetRole",
                        "arn:aws:iam::111122223333:user/platform/bob is not authorized to perform: iam:GetRole"));
    }

    @Test
    void aDenialOfStsMeansNoCredentials() {
        assertThat(AwsExceptionTranslator.of("sts:GetCallerIdentity", "", AwsAnswers.iam("AccessDenied", "No.")))
                .isEqualTo(new Failure.Passing(
                        Reason.CredentialsUnavailable, "AWS denied the operator access to STS: No."));
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
                "InvalidSignatureException",
                "IncompleteSignature",
                "MissingAuthenticationToken",
                "MissingAuthenticationTokenException",
                "NotAuthorized"
            })
    void rejectedCredentialsAreTransient(String code) {
        assertThat(iam(code, "The security token AQoX included in the request is expired"))
                .isEqualTo(new Failure.Passing(
                        Reason.CredentialsUnavailable, "AWS rejected the operator's credentials: " + code));
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceFailure, oops, 'AWS responded to iam:PutRolePolicy with ServiceFailure: oops'",
        "ServiceFailureException, , AWS responded to iam:PutRolePolicy with ServiceFailureException",
        "NeverHeardOf, oops, 'AWS responded to iam:PutRolePolicy with NeverHeardOf: oops'",
        ", , AWS responded to iam:PutRolePolicy with HTTP status 503"
    })
    void unknownErrorIsTransientAndIncludesCode(@Nullable String code, @Nullable String message, String expected) {
        assertThat(iam(code, message)).isEqualTo(new Failure.Passing(Reason.AwsUnavailable, expected));
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceLimitExceededException, QuotaExceeded",
        "InvalidParameterException, InvalidSpec",
        "InvalidRequestException, PodIdentityUnavailable"
    })
    void mapsPermanentErrorOfEks(String code, Reason reason) {
        assertThat(eks(code, "words of AWS"))
                .isEqualTo(new AwsFailure.Refused(reason, "eks:CreatePodIdentityAssociation", "words of AWS"));
    }

    @Test
    void mapsAnotherMissingResourceOfEksToNotFound() {
        assertThat(eks("ResourceNotFoundException", "Role provided in the request does not exist"))
                .isEqualTo(new AwsFailure.NotFound(
                        "eks:CreatePodIdentityAssociation", "Role provided in the request does not exist"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"My_prod-1", "prod"})
    void readsNameOfMissingCluster(String cluster) {
        assertThat(eks("ResourceNotFoundException", "No cluster found for name: " + cluster + "."))
                .isEqualTo(new Failure.PodIdentityUnavailable("EKS has no cluster named " + cluster
                        + " in the operator's AWS account and region; set --eks-cluster-name or --region"));
        assertThat(eks("ResourceNotFoundException", "No cluster found for name: " + cluster))
                .isInstanceOf(Failure.PodIdentityUnavailable.class);
        assertThat(eks("ResourceNotFoundException", "No pod identity association found for ID: a-1."))
                .isInstanceOf(AwsFailure.NotFound.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Association already exists: a-kyevsbqhrnchy79jw",
                "Association already exists: a-kyevsbqhrnchy79jw.",
                "Association already exists: a-kyevsbqhrnchy79jw (Service: Eks)"
            })
    void readsIdOfExistingAssociation(String message) {
        assertThat(eks("ResourceInUseException", message))
                .isEqualTo(new AwsFailure.AssociationExists("a-kyevsbqhrnchy79jw", message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Association already exists",
                "Association already exists for service account a-b in namespace a-c.",
                "The cluster a-b is being updated"
            })
    void readsNoIdFromAnotherMessage(String message) {
        assertThat(eks("ResourceInUseException", message)).isEqualTo(new AwsFailure.AssociationExists("", message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServerException", "ServiceUnavailableException", "ClientException"})
    void otherErrorOfEksIsTransient(String code) {
        assertThat(eks(code, "oops"))
                .isEqualTo(new Failure.Passing(
                        Reason.AwsUnavailable,
                        "AWS responded to eks:CreatePodIdentityAssociation with " + code + ": oops"));
    }

    @Test
    void errorWithoutDetailsIsTransient() {
        IamException bare =
                (IamException) IamException.builder().statusCode(502).build();

        assertThat(AwsExceptionTranslator.of(ACTION, SUBJECT, bare))
                .isEqualTo(new Failure.Passing(
                        Reason.AwsUnavailable, "AWS responded to iam:PutRolePolicy with HTTP status 502"));
    }

    private static Failure eks(String code, String message) {
        return AwsExceptionTranslator.of(
                "eks:CreatePodIdentityAssociation",
                "payments/invoices",
                EksErrors.refusal(code, 400, message).get());
    }

    private static Failure iam(@Nullable String code, @Nullable String message) {
        return AwsExceptionTranslator.of(ACTION, SUBJECT, AwsAnswers.iam(code, message));
    }
}
