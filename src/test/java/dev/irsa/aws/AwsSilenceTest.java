package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.aws.AwsAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What is no answer of IAM: no credentials, no connection, nothing that can be read. */
class AwsSilenceTest {
    @Test
    void mapsStsErrorDuringAnotherCallToCredentials() {
        assertThat(AwsExceptionTranslator.of(
                        "iam:PutRolePolicy",
                        "invoices",
                        AwsAnswers.sts("InvalidIdentityToken", "No provider for the issuer")))
                .isEqualTo(credentials("InvalidIdentityToken: No provider for the issuer"));
        assertThat(AwsExceptionTranslator.of(
                        "iam:PutRolePolicy",
                        "invoices",
                        AwsAnswers.sts(
                                "AccessDenied",
                                "User: arn:aws:sts::111122223333:assumed-role/a/session is not authorized to x")))
                .isEqualTo(
                        credentials("AccessDenied: arn:aws:sts::111122223333:assumed-role/a is not authorized to x"));
    }

    @Test
    void mapsStsErrorWithoutMessageToCredentials() {
        StsException bare =
                (StsException) StsException.builder().statusCode(502).build();

        assertThat(AwsExceptionTranslator.of("iam:PutRolePolicy", "invoices", bare))
                .isEqualTo(credentials("no response"));
        assertThat(AwsExceptionTranslator.of("iam:PutRolePolicy", "invoices", AwsAnswers.sts(null, null)))
                .isEqualTo(credentials("HTTP status 503"));
        assertThat(AwsExceptionTranslator.of("iam:PutRolePolicy", "invoices", AwsAnswers.sts("Oops", null)))
                .isEqualTo(credentials("Oops"));
    }

    /** They quote the request, and with it tokens. */
    @ParameterizedTest
    @ValueSource(strings = {"SignatureDoesNotMatch", "IncompleteSignature", "ValidationError", "Unheard"})
    void omitsStsMessageAboutRequest(String code) {
        assertThat(AwsExceptionTranslator.of(
                        "iam:PutRolePolicy",
                        "invoices",
                        AwsAnswers.sts(code, "x-amz-security-token:AQoX is not right")))
                .isEqualTo(credentials(code));
    }

    static Stream<RuntimeException> missingCredentials() {
        return Stream.of(
                SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                SdkClientException.create("Unable to read the web identity token file"),
                SdkClientException.create("x", new UncheckedIOException(new NoSuchFileException("/var/run/token"))));
    }

    @ParameterizedTest
    @MethodSource("missingCredentials")
    void reportsMissingCredentials(RuntimeException thrown) {
        assertThat(AwsExceptionTranslator.of("iam:PutRolePolicy", "invoices", thrown))
                .isEqualTo(new Failure.Passing(
                        Reason.CredentialsUnavailable,
                        "the operator has no AWS credentials; assign a role to its ServiceAccount (IRSA or EKS Pod"
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
    void unusableResponseIsTransient(RuntimeException thrown) {
        Failure failure = AwsExceptionTranslator.of("iam:PutRolePolicy", "invoices", thrown);

        assertThat(failure.reason()).isEqualTo(Reason.AwsUnavailable);
        assertThat(failure.message()).startsWith("AWS returned no usable response: ");
    }

    private static Failure credentials(String words) {
        return new Failure.Passing(
                Reason.CredentialsUnavailable, "AWS STS did not issue credentials to the operator: " + words);
    }
}
