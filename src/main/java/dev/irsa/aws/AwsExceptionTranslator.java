package dev.irsa.aws;

import dev.irsa.core.failure.AwsFailure.AlreadyExists;
import dev.irsa.core.failure.AwsFailure.AssociationExists;
import dev.irsa.core.failure.AwsFailure.NotFound;
import dev.irsa.core.failure.AwsFailure.Refused;
import dev.irsa.core.failure.AwsFailure.RoleInUse;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Failure.AccessDenied;
import dev.irsa.core.failure.Failure.Passing;
import dev.irsa.core.failure.Failure.PodIdentityUnavailable;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import dev.irsa.core.permissions.AwsAction;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Classifies exceptions of the AWS SDK. Failure messages quote AWS without what differs between calls: request ids and
 * the name of the operator's session. A repeated failure therefore has the same message.
 *
 * <p>Source of the codes: "Common errors" and the errors of each action in the API references of IAM and EKS.
 */
final class AwsExceptionTranslator {
    /** The ARN of the caller. The name of a role session is separate, because it differs between pods and restarts. */
    private static final Pattern CALLER =
            Pattern.compile("User: (?:(\\S+:assumed-role/[^/\\s]+)/\\S+|(\\S+)) is not authorized");

    private static final Pattern DENIED_ACTION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");

    private static final Pattern EXISTING_ASSOCIATION = Pattern.compile("Association already exists: (a-[a-z0-9]+)");
    private static final Pattern MISSING_CLUSTER = Pattern.compile("No cluster found for name: ([A-Za-z0-9_-]+)");
    /** Error codes of STS whose messages are safe to show; other messages can quote the request with its tokens. */
    private static final Set<String> SAFE_STS_CODES = Set.of(
            "AccessDenied", "ExpiredToken", "IDPCommunicationError", "InvalidIdentityToken", "RegionDisabledException");

    private AwsExceptionTranslator() {}

    /**
     * Returns the failure that an exception represents.
     *
     * @param action the IAM action of the call, such as {@code iam:CreateRole}
     * @param subject the role or association that the call concerns
     */
    static Failure of(String action, String subject, RuntimeException thrown) {
        if (thrown instanceof StsException sts && !action.startsWith("sts:")) {
            return credentials(sts);
        }
        if (thrown instanceof AwsServiceException service) {
            return errorResponse(action, subject, service);
        }
        return noResponse(thrown);
    }

    private static Failure errorResponse(String action, String subject, AwsServiceException response) {
        // The SDK decides what counts as throttling, also for its retries and for ThrottleCounter.
        if (response.isThrottlingException()) {
            return throttled(action);
        }
        AwsErrorDetails details = response.awsErrorDetails();
        String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
        String message = details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
        return switch (code) {
            case "NoSuchEntity", "NoSuchEntityException" -> notFound(action, message);
            case "ResourceNotFoundException" -> resourceNotFound(action, message);
            case "ResourceInUseException" ->
                new AssociationExists(first(EXISTING_ASSOCIATION, message).orElse(""), message);
            case "EntityAlreadyExists", "EntityAlreadyExistsException" -> new AlreadyExists(message);
            case "DeleteConflict", "DeleteConflictException" -> new RoleInUse(message);
            case "LimitExceeded", "LimitExceededException", "ResourceLimitExceededException" ->
                new Refused(Reason.QuotaExceeded, action, message);
            case "MalformedPolicyDocument", "MalformedPolicyDocumentException" ->
                new Refused(Reason.MalformedPolicy, action, message);
            case "PolicyNotAttachable", "PolicyNotAttachableException" ->
                new Refused(Reason.PolicyNotFound, action, message);
            case "OpenIdIdpCommunicationError", "OpenIdIdpCommunicationErrorException" ->
                new Refused(Reason.OidcProviderMissing, action, message);
            case "InvalidInput",
                    "InvalidInputException",
                    "InvalidParameterException",
                    "ValidationError",
                    "ValidationException" -> new Refused(Reason.InvalidSpec, action, message);
            // EKS: "The request is invalid given the state of the cluster."
            case "InvalidRequestException" -> new Refused(Reason.PodIdentityUnavailable, action, message);
            case "UnmodifiableEntity", "UnmodifiableEntityException" ->
                Failure.roleConflict(
                        subject,
                        "belongs to an AWS service and cannot be changed; create a resource with another"
                                + " spec.role.name");
            case "ConcurrentModification", "ConcurrentModificationException" ->
                new Passing(
                        Reason.Reconciling,
                        "AWS is still applying an earlier change to role " + subject + "; no action needed");
            case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError" ->
                denied(action, message);
            case "ExpiredToken",
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
                    "NotAuthorized" ->
                new Passing(Reason.CredentialsUnavailable, "AWS rejected the operator's credentials: " + code);
            default -> unknown(action, code, message, response.statusCode());
        };
    }

    private static Failure throttled(String action) {
        return new Passing(
                Reason.Throttled,
                "AWS is throttling " + service(action) + " in this account; retrying, no action needed");
    }

    /** Treats an unlisted error as temporary. The message includes its code, so that a person can recognize it. */
    private static Failure unknown(String action, String code, String message, int status) {
        String what = code.isEmpty() ? "HTTP status " + status : code;
        return new Passing(
                Reason.AwsUnavailable,
                "AWS responded to " + action + " with " + what + (message.isEmpty() ? "" : ": " + message));
    }

    /** A missing policy is an error in the spec, except in a detach: such a policy is already detached. */
    private static Failure notFound(String action, String message) {
        boolean isRequested = message.contains(":policy/")
                && !action.equals("iam:DetachRolePolicy")
                && !action.startsWith("iam:GetPolicy");
        return isRequested ? new Refused(Reason.PolicyNotFound, action, message) : new NotFound(action, message);
    }

    /** A missing cluster proves nothing about an association. */
    private static Failure resourceNotFound(String action, String message) {
        return first(MISSING_CLUSTER, message)
                .<Failure>map(cluster -> new PodIdentityUnavailable("EKS has no cluster named " + cluster
                        + " in the operator's AWS account and region; set --eks-cluster-name or --region"))
                .orElseGet(() -> new NotFound(action, message));
    }

    private static Failure denied(String action, String message) {
        // Of the calls to STS, only this one depends on the permissions of more than the operator's own role.
        if (action.startsWith("sts:") && !action.equals(AwsAction.ASSUME_ROLE.id())) {
            return new Passing(
                    Reason.CredentialsUnavailable, "AWS denied the operator access to STS: " + withoutSession(message));
        }
        return new AccessDenied(first(DENIED_ACTION, message).orElse(action), withoutSession(message));
    }

    /** Returns what the first group of a pattern matches in a message: some facts stand only there. */
    private static Optional<String> first(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(Objects.requireNonNull(matcher.group(1))) : Optional.empty();
    }

    private static String withoutSession(String message) {
        return CALLER.matcher(message).replaceAll("$1$2 is not authorized");
    }

    private static Failure credentials(StsException sts) {
        AwsErrorDetails details = sts.awsErrorDetails();
        String detail = "no response";
        if (details != null) {
            String code = Objects.requireNonNullElse(details.errorCode(), "HTTP status " + sts.statusCode());
            String message =
                    SAFE_STS_CODES.contains(code) ? Objects.requireNonNullElse(details.errorMessage(), "") : "";
            detail = code + (message.isEmpty() ? "" : ": " + withoutSession(message));
        }
        return new Passing(
                Reason.CredentialsUnavailable, "AWS STS did not issue credentials to the operator: " + detail);
    }

    /** Classifies a call that got no response, or none that can be read. */
    private static Failure noResponse(RuntimeException thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        if (message.contains("Unable to load credentials") || message.contains("token file") || isTokenFile(thrown)) {
            return new Passing(
                    Reason.CredentialsUnavailable,
                    "the operator has no AWS credentials; assign a role to its ServiceAccount (IRSA or EKS Pod"
                            + " Identity), or set the AWS environment variables");
        }
        return new Passing(Reason.AwsUnavailable, "AWS returned no usable response: " + RootCause.of(thrown));
    }

    private static boolean isTokenFile(@Nullable Throwable thrown) {
        return thrown != null && (thrown instanceof FileSystemException || isTokenFile(thrown.getCause()));
    }

    private static String service(String action) {
        return action.substring(0, Math.max(0, action.indexOf(':'))).toUpperCase(Locale.ROOT);
    }
}
