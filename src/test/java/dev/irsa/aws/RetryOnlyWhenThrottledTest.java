package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.aws.ScriptedHttp;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

/** A CreateRole whose answer got lost may make the role later, when nobody waits for it any more. */
class RetryOnlyWhenThrottledTest {
    private static final String DONE = """
            <CreateRoleResponse><CreateRoleResult><Role><RoleId>AROA1</RoleId></Role></CreateRoleResult></CreateRoleResponse>""";
    private static final String TOO_MANY = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";

    private final ScriptedHttp http = new ScriptedHttp();
    private final IamClient iam = IamClient.builder()
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClient(http)
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy()))
            .build();

    @Test
    void doesNotRetryCallWithoutResponse() {
        http.thenBreak().thenBreak().then(200, DONE);

        assertThatThrownBy(this::create).isInstanceOf(SdkClientException.class);
        assertThat(http.requests()).isEqualTo(1);
        iam.getRole(request -> request.roleName("a"));
        assertThat(http.requests()).as("what only reads is tried again").isEqualTo(3);
    }

    @Test
    void retriesThrottledCall() {
        http.then(400, TOO_MANY).then(200, DONE);

        create();

        assertThat(http.requests()).isEqualTo(2);
    }

    private void create() {
        iam.createRole(request ->
                request.roleName("a").overrideConfiguration(call -> call.addPlugin(new RetryOnlyWhenThrottled())));
    }
}
