package dev.irsa.kubectl.aws;

import dev.irsa.core.failure.RootCause;
import dev.irsa.kubectl.diagnosis.Proof;
import dev.irsa.kubectl.port.WebIdentityToken;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Exchanges tokens through AWS STS, which needs no credentials for it.
 *
 * <p>Source of the error codes: "AssumeRoleWithWebIdentity" of the AWS STS API reference.
 */
public record StsTokenExchange(StsClient sts) implements WebIdentityToken.Exchange {
    /** The shortest session that AWS STS issues. */
    private static final int SECONDS = 900;

    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+(?:\\.[\\w-]*)*");

    @Override
    public Proof exchange(WebIdentityToken token, String roleArn, String sessionName) {
        Credentials credentials;
        try {
            credentials = sts.assumeRoleWithWebIdentity(request -> request.roleArn(roleArn)
                            .roleSessionName(sessionName)
                            .webIdentityToken(token.secret())
                            .durationSeconds(SECONDS))
                    .credentials();
        } catch (StsException e) {
            return rejected(e);
        } catch (SdkException e) {
            return new Proof.Inconclusive("AWS STS returned no usable response: " + safe(RootCause.of(e)));
        }
        return credentials == null
                ? new Proof.Inconclusive("AWS STS returned no credentials and no error")
                : identity(credentials);
    }

    private Proof identity(Credentials credentials) {
        try {
            String arn = sts.getCallerIdentity(request -> request.overrideConfiguration(call ->
                            call.credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                                    credentials.accessKeyId(),
                                    credentials.secretAccessKey(),
                                    credentials.sessionToken())))))
                    .arn();
            return new Proof.Accepted(Objects.requireNonNullElse(arn, "an unknown identity"));
        } catch (SdkException | IllegalArgumentException _) {
            // The messages of the JDK may quote a header, which contains credentials.
            return new Proof.Accepted("the role, but AWS STS returned no identity for them");
        }
    }

    private static Proof rejected(StsException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
        String message = details == null ? "" : safe(Objects.requireNonNullElse(details.errorMessage(), ""));
        String text = code + (message.isEmpty() ? "" : ": " + message);
        return switch (code) {
            case "InvalidIdentityToken",
                    "InvalidIdentityTokenException",
                    "IDPRejectedClaim",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "ExpiredTokenException.WebIdentityToken" -> new Proof.TokenRejected(text);
            case "AccessDenied", "AccessDeniedException" -> new Proof.Denied(text);
            case "" -> new Proof.Inconclusive("AWS STS responded with HTTP status " + e.statusCode());
            case "IDPCommunicationError", "RegionDisabledException" ->
                new Proof.Inconclusive("AWS STS responded with " + text);
            // Other messages may quote the request.
            default -> new Proof.Inconclusive("AWS STS responded with " + code);
        };
    }

    /** Removes what looks like a token, which a message may quote. */
    private static String safe(String message) {
        return TOKEN.matcher(message).replaceAll("(token)");
    }
}
