package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.aws.ScriptedHttp;
import dev.irsa.fixtures.plan.SampleRoles;
import dev.irsa.port.CallInterceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

/** A call that grants access, and whose response is lost, may take effect later. The operator has to know of each. */
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
    private final IamRoles roles = new IamRoles(iam, CallInterceptor.NONE);

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

    static List<RoleChange> grants() {
        return List.of(
                new RoleChange.PutRolePermissionsBoundary("a", "arn:b"),
                new RoleChange.UpdateAssumeRolePolicy("a", SampleRoles.ALLOW, Optional.empty()),
                new RoleChange.UpdateRole("a", "b", 3600),
                new RoleChange.TagRole("a", new TreeMap<>(Map.of("b", "c"))),
                new RoleChange.AttachRolePolicy("a", "arn:b"),
                new RoleChange.PutRolePolicy("a", "b", SampleRoles.ALLOW));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void doesNotRetryGrantWithoutResponse(RoleChange grant) {
        http.thenBreak().then(200, DONE);

        assertThatThrownBy(() -> roles.apply(grant)).isInstanceOf(FailureException.class);
        assertThat(http.requests()).isEqualTo(1);
    }

    @Test
    void retriesRemovalWithoutResponse() {
        http.thenBreak().then(200, DONE);

        roles.apply(new RoleChange.DetachRolePolicy("a", "arn:b"));

        assertThat(http.requests()).isEqualTo(2);
    }

    private void create() {
        iam.createRole(request ->
                request.roleName("a").overrideConfiguration(call -> call.addPlugin(new RetryOnlyWhenThrottled())));
    }
}
