package dev.irsa.fake;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.iam.model.ConcurrentModificationException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.EntityTemporarilyUnmodifiableException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyNotAttachableException;
import software.amazon.awssdk.services.iam.model.ServiceFailureException;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

/** IAM's refusals, as the SDK throws them: the class, the code, the HTTP status and the words of the real ones. */
final class IamErrors {
    private IamErrors() {}

    static IamException noSuchRole(String name) {
        return noSuchEntity("The role with name " + name + " cannot be found.");
    }

    static IamException noSuchEntity(String message) {
        return of("NoSuchEntity", 404, message);
    }

    static IamException alreadyExists(String roleName) {
        return of("EntityAlreadyExists", 409, "Role with name " + roleName + " already exists.");
    }

    static IamException deleteConflict(String message) {
        return of("DeleteConflict", 409, message);
    }

    static IamException limitExceeded(String message) {
        return of("LimitExceeded", 409, message);
    }

    static IamException malformed(String message) {
        return of("MalformedPolicyDocument", 400, message);
    }

    static IamException invalidInput(String message) {
        return of("InvalidInput", 400, message);
    }

    static IamException validation(String message) {
        return of("ValidationError", 400, message);
    }

    static IamException accessDenied(String message) {
        return of("AccessDenied", 403, message);
    }

    static IamException protectedRole(String name) {
        return of(
                "UnmodifiableEntity",
                400,
                "Cannot perform the operation on the protected role '" + name
                        + "' - this role is only modifiable by AWS");
    }

    static IamException of(String code, int status, String message) {
        var details = AwsErrorDetails.builder()
                .serviceName("Iam")
                .errorCode(code)
                .errorMessage(message)
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
                .build();
        return (IamException) builder(code)
                .awsErrorDetails(details)
                .statusCode(status)
                .message(message)
                .numAttempts(1)
                .build();
    }

    /** An answer of a proxy or a failing front end: a status and nothing that tells a code. */
    static IamException withoutBody(int status) {
        return (IamException) IamException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Iam")
                        .sdkHttpResponse(
                                SdkHttpResponse.builder().statusCode(status).build())
                        .build())
                .statusCode(status)
                .numAttempts(1)
                .build();
    }

    static IamException numbered(IamException refusal, String requestId) {
        return (IamException) refusal.toBuilder().requestId(requestId).build();
    }

    private static IamException.Builder builder(String code) {
        return switch (code) {
            case "NoSuchEntity" -> NoSuchEntityException.builder();
            case "EntityAlreadyExists" -> EntityAlreadyExistsException.builder();
            case "DeleteConflict" -> DeleteConflictException.builder();
            case "LimitExceeded" -> LimitExceededException.builder();
            case "MalformedPolicyDocument" -> MalformedPolicyDocumentException.builder();
            case "InvalidInput" -> InvalidInputException.builder();
            case "UnmodifiableEntity" -> UnmodifiableEntityException.builder();
            case "EntityTemporarilyUnmodifiable" -> EntityTemporarilyUnmodifiableException.builder();
            case "ConcurrentModification" -> ConcurrentModificationException.builder();
            case "PolicyNotAttachable" -> PolicyNotAttachableException.builder();
            case "ServiceFailure" -> ServiceFailureException.builder();
            default -> IamException.builder(); // as the SDK does for codes that the model of IAM does not list
        };
    }
}
