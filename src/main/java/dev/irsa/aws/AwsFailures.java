package dev.irsa.aws;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Failure.AccessDenied;
import dev.irsa.core.failure.Failure.AlreadyExists;
import dev.irsa.core.failure.Failure.NotFound;
import dev.irsa.core.failure.Failure.Passing;
import dev.irsa.core.failure.Failure.Refused;
import dev.irsa.core.failure.Failure.RoleConflict;
import dev.irsa.core.failure.Failure.RoleInUse;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RootCause;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * What an exception of the AWS SDK means. Messages carry AWS's own words without what changes from call to call:
 * request ids and the name of our session.
 *
 * <p>Source of the codes: "Common errors" and the errors of each action in the IAM API reference.
 */
final class AwsFailures {
    private static final Pattern CALLER = Pattern.compile("User: \\S+ is not authorized");
    private static final Pattern DENIED_ACTION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");

    /** Codes of STS whose words say whom it does not trust; others quote the request, and with it tokens. */
    private static final Set<String> SAFE_WORDS = Set.of(
            "AccessDenied", "ExpiredToken", "IDPCommunicationError", "InvalidIdentityToken", "RegionDisabledException");

    private AwsFailures() {}

    /**
     * The failure that an exception stands for.
     *
     * @param action the call: {@code iam:CreateRole}
     * @param subject the role it was about
     */
    static Failure of(String action, String subject, RuntimeException thrown) {
        if (thrown instanceof StsException sts && !action.startsWith("sts:")) {
            return credentials(sts);
        }
        if (thrown instanceof AwsServiceException service) {
            return answered(action, subject, service);
        }
        return unanswered(thrown);
    }

    private static Failure answered(String action, String subject, AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
        String message = details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
        return switch (code) {
            case "NoSuchEntity", "NoSuchEntityException" -> notFound(action, message);
            case "ResourceNotFoundException" -> new NotFound(action, message);
            case "EntityAlreadyExists", "EntityAlreadyExistsException" -> new AlreadyExists(message);
            case "DeleteConflict", "DeleteConflictException" -> new RoleInUse(message);
            case "LimitExceeded", "LimitExceededException" -> new Refused(Reason.QuotaExceeded, action, message);
            case "MalformedPolicyDocument", "MalformedPolicyDocumentException" ->
                new Refused(Reason.MalformedPolicy, action, message);
            case "PolicyNotAttachable", "PolicyNotAttachableException" ->
                new Refused(Reason.PolicyNotFound, action, message);
            case "OpenIdIdpCommunicationError", "OpenIdIdpCommunicationErrorException" ->
                new Refused(Reason.OidcProviderMissing, action, message);
            case "InvalidInput", "InvalidInputException", "ValidationError", "ValidationException" ->
                new Refused(Reason.InvalidSpec, action, message);
            case "UnmodifiableEntity", "UnmodifiableEntityException" ->
                new RoleConflict(
                        subject,
                        "belongs to an AWS service and cannot be changed; choose another spec.role.name in a new object");
            case "ConcurrentModification", "ConcurrentModificationException" ->
                new Passing(Reason.Reconciling, "AWS is still at an earlier change of role " + subject);
            case "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "TooManyRequests",
                    "TooManyRequestsException",
                    "RequestLimitExceeded",
                    "RequestThrottled",
                    "SlowDown" ->
                new Passing(
                        Reason.Throttled,
                        "AWS asks to slow down: too many " + service(action) + " calls in the account");
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
                new Passing(Reason.CredentialsUnavailable, "AWS does not take the operator's credentials: " + code);
            default -> unknown(action, code, message, answer.statusCode());
        };
    }

    /** An error nobody has listed passes by itself, until somebody knows better; a person sees its code. */
    private static Failure unknown(String action, String code, String message, int status) {
        String what = code.isEmpty() ? "HTTP status " + status : code;
        return new Passing(
                Reason.AwsUnavailable,
                "AWS answered " + action + " with " + what + (message.isEmpty() ? "" : ": " + message));
    }

    /** A policy that cannot be given is the spec's to change; one that cannot be taken has only gone already. */
    private static Failure notFound(String action, String message) {
        boolean given = message.contains(":policy/") && !action.equals("iam:DetachRolePolicy");
        return given ? new Refused(Reason.PolicyNotFound, action, message) : new NotFound(action, message);
    }

    private static Failure denied(String action, String message) {
        if (action.startsWith("sts:")) {
            return new Passing(
                    Reason.CredentialsUnavailable, "AWS does not give the operator credentials: " + worded(message));
        }
        Matcher named = DENIED_ACTION.matcher(message);
        return new AccessDenied(named.find() ? Objects.requireNonNull(named.group(1)) : action, worded(message));
    }

    private static String worded(String message) {
        return CALLER.matcher(message).replaceAll("not authorized");
    }

    private static Failure credentials(StsException sts) {
        AwsErrorDetails details = sts.awsErrorDetails();
        String words = "no answer";
        if (details != null) {
            String code = Objects.requireNonNullElse(details.errorCode(), "HTTP status " + sts.statusCode());
            String message = SAFE_WORDS.contains(code) ? Objects.requireNonNullElse(details.errorMessage(), "") : "";
            words = code + (message.isEmpty() ? "" : ": " + worded(message));
        }
        return new Passing(Reason.CredentialsUnavailable, "AWS STS does not give the operator credentials: " + words);
    }

    /** No answer at all, or none that could be read. */
    private static Failure unanswered(RuntimeException thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        if (message.contains("Unable to load credentials") || message.contains("token file") || isTokenFile(thrown)) {
            return new Passing(
                    Reason.CredentialsUnavailable,
                    "the operator has no AWS credentials; give its ServiceAccount a role (IRSA or EKS Pod Identity),"
                            + " or set the AWS environment variables");
        }
        return new Passing(Reason.AwsUnavailable, "AWS gives no usable answer: " + RootCause.of(thrown));
    }

    private static boolean isTokenFile(@Nullable Throwable thrown) {
        return thrown != null && (thrown instanceof FileSystemException || isTokenFile(thrown.getCause()));
    }

    private static String service(String action) {
        return action.substring(0, Math.max(0, action.indexOf(':'))).toUpperCase(Locale.ROOT);
    }
}
