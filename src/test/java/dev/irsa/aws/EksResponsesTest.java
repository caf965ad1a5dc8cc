package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.fixtures.aws.ScriptedHttp;
import dev.irsa.port.CallInterceptor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

/** Tests calls whose response is lost, throttled or not one of EKS. */
class EksResponsesTest {
    private static final String DONE = """
            {"association":{"associationId":"a-1","associationArn":"arn","namespace":"n","serviceAccount":"s",\
            "roleArn":"r","tags":{},"ownerArn":""}}""";
    private static final String TOO_MANY = "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";
    private static final Pattern TOKEN = Pattern.compile("\"clientRequestToken\":\"([^\"]+)\"");

    private final ScriptedHttp http = new ScriptedHttp();
    private final EksClient eks = EksClient.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClient(http)
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy()))
            .build();
    private final EksAssociations associations = new EksAssociations(() -> eks, "prod", CallInterceptor.NONE);

    @Test
    void doesNotRetryCreationWithoutResponse() {
        http.thenBreak().then(200, DONE);

        assertThat(reason(this::create)).isEqualTo(Reason.AwsUnavailable);
        assertThat(http.requests()).isEqualTo(1);
    }

    @Test
    void retriesReadWithoutResponse() {
        http.thenBreak().then(200, DONE);

        assertThat(associations.describe("a-1")).isPresent();
    }

    @Test
    void retriesThrottledCreationWithTheSameToken() {
        http.then(429, TOO_MANY).then(200, DONE);

        create();

        assertThat(http.bodies().stream()
                        .flatMap(body -> TOKEN.matcher(body).results().map(found -> found.group(1))))
                .hasSize(2)
                .satisfies(tokens -> assertThat(tokens.getFirst()).isEqualTo(tokens.getLast()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"association\":{}}", "<html>Please log in</html>", "null", "[]"})
    void acceptsOnlyResponseOfEks(String page) {
        http.then(200, page);
        List<ThrowingCallable> calls =
                List.of(this::create, this::update, this::delete, () -> associations.describe("a-1"));

        assertThat(calls).allSatisfy(call -> assertThat(reason(call)).isEqualTo(Reason.AwsUnavailable));
    }

    @Test
    void readsTagWithoutValue() {
        http.then(200, DONE.replace("\"tags\":{}", "\"tags\":{\"team\":null}"));

        assertThat(associations.describe("a-1").orElseThrow().tags()).containsExactly(Map.entry("team", ""));
    }

    @Test
    void acceptsResponsesToChanges() {
        http.then(200, DONE);

        assertThat(create().ownerArn()).isEmpty();
        update();
        delete();
    }

    private ObservedAssociation create() {
        return associations.create(new CreatePodIdentityAssociation("n", "s", "r", new TreeMap<>()));
    }

    private void update() {
        associations.update(new UpdatePodIdentityAssociation("a-1", "s", "r", AssociationOptions.NONE));
    }

    private void delete() {
        associations.delete(new DeletePodIdentityAssociation("a-1", "s"));
    }

    private static Reason reason(ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call).failure().reason();
    }
}
