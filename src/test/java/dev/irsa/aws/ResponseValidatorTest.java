package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

class ResponseValidatorTest {
    private static final String DELETED = """
            <DeleteRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata>\
            <RequestId>1</RequestId></ResponseMetadata></DeleteRoleResponse>""";

    @ParameterizedTest
    @ValueSource(strings = {DELETED, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + DELETED})
    void acceptsResponseOfAction(String body) {
        assertThatCode(() -> delete(200, body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html><body>Please log in</body></html>",
                "<DeleteRolePolicyResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DeleteRolePolicyResponse>"
            })
    void rejectsOtherResponsesToDeleteRole(String body) {
        assertThatThrownBy(() -> delete(200, body))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("without a response to DeleteRole");
    }

    @Test
    void readsLongResponseCompletely() {
        String description = "x".repeat(5000);

        assertThat(client(200, """
                        <GetRoleResponse><GetRoleResult><Role><Description>%s</Description></Role></GetRoleResult></GetRoleResponse>""".formatted(description))
                        .getRole(request -> request.roleName("a"))
                        .role()
                        .description())
                .isEqualTo(description);
    }

    @Test
    void keepsErrorCodes() {
        assertThatThrownBy(() -> delete(404, "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>"))
                .isInstanceOf(NoSuchEntityException.class);
    }

    private static void delete(int status, String body) {
        client(status, body).deleteRole(request -> request.roleName("a"));
    }

    private static IamClient client(int status, String body) {
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(new OneAnswer(status, body))
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new ResponseValidator()))
                .build();
    }

    /** Whoever answers, it is this. */
    private record OneAnswer(int status, String body) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(
                                    SdkHttpResponse.builder().statusCode(status).build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
