package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

/** A CreateRole whose answer got lost may make the role later, when nobody waits for it any more. */
class RetryOnlyWhenThrottledTest {
    private static final String DONE = """
            <CreateRoleResponse><CreateRoleResult><Role><RoleId>AROA1</RoleId></Role></CreateRoleResult></CreateRoleResponse>""";
    private static final String TOO_MANY = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void doesNotRetryCallWithoutResponse() {
        IamClient iam = client(() -> {
            throw new IOException("the connection is cut");
        });

        assertThatThrownBy(() -> create(iam)).isInstanceOf(SdkClientException.class);
        assertThat(tries).hasValue(1);
        iam.getRole(request -> request.roleName("a"));
        assertThat(tries).as("what only reads is tried again").hasValue(2);
    }

    @Test
    void retriesThrottledCall() {
        IamClient iam = client(() -> answer(400, TOO_MANY));

        create(iam);

        assertThat(tries).hasValue(2);
    }

    private static void create(IamClient iam) {
        iam.createRole(request ->
                request.roleName("a").overrideConfiguration(call -> call.addPlugin(new RetryOnlyWhenThrottled())));
    }

    @FunctionalInterface
    private interface Answer {
        HttpExecuteResponse get() throws IOException;
    }

    private static HttpExecuteResponse answer(int status, String body) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder().statusCode(status).build())
                .responseBody(
                        AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    /** One that meets this at first, and then all is well. */
    private IamClient client(Answer first) {
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(new SdkHttpClient() {
                    @Override
                    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                        return new ExecutableHttpRequest() {
                            @Override
                            public HttpExecuteResponse call() throws IOException {
                                return tries.incrementAndGet() == 1 ? first.get() : answer(200, DONE);
                            }

                            @Override
                            public void abort() {}
                        };
                    }

                    @Override
                    public void close() {}
                })
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy()))
                .build();
    }
}
