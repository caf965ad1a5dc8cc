package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two resources for one ServiceAccount have the same creationTimestamp, which has whole seconds. */
class EqualTimestampsIT extends OperatorTestBase {
    /** Reconciles a first resource, because the first reconcile of a process takes longer than later ones. */
    @BeforeAll
    void warmUp() {
        Subject.in(env).apply("{}").awaitReady().delete();
    }

    @ParameterizedTest(name = "with an existing ServiceAccount: {0}")
    @ValueSource(booleans = {false, true})
    void currentOwnerKeepsServiceAccountWhenTimestampsAreEqual(boolean existing) {
        Subject first = pairWithEqualTimestamps(existing);
        Subject second = first.named("copy");
        assertThat(second.awaitReason("ServiceAccountConflict")).contains("IamServiceAccount invoices");
        assertThat(second.roleExists()).isFalse();

        first.apply("{token: {expirationSeconds: 7200}}").awaitReady();
        assertThat(first.annotation(Subject.ROLE_ARN)).isEqualTo(first.roleArn());

        first.delete();
        second.awaitReady();
        assertThat(first.annotation(Subject.ROLE_ARN)).isEqualTo(second.roleArn());
        second.delete();
    }

    /** Creates the second resource after the first is Ready, and retries until both have the same timestamp. */
    private Subject pairWithEqualTimestamps(boolean existing) {
        for (int i = 0; i < 30; i++) {
            Subject first = Subject.in(env);
            if (existing) {
                first.kubectl("create", "serviceaccount", "invoices");
            }
            awaitStartOfSecond();
            create(first, "{}");
            TestEnvironment.await()
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Serialization.asJson(stored(first)).contains("\"reason\":\"Ready\""));
            create(first.named("copy"), "{serviceAccounts: [{name: invoices}]}");
            if (created(first).equals(created(first.named("copy")))) {
                return first;
            }
            first.named("copy").delete();
            first.delete();
        }
        throw new AssertionError("the operator needs more than a second for one resource");
    }

    private static void awaitStartOfSecond() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Instant.now().get(ChronoField.MILLI_OF_SECOND) < 50);
    }

    private void create(Subject subject, String spec) {
        String yaml = TestEnvironment.resource(subject.namespace(), subject.name(), spec);
        env.controlPlane()
                .client()
                .resource(Serialization.unmarshal(yaml, IamServiceAccount.class))
                .create();
    }

    private IamServiceAccount stored(Subject subject) {
        return env.controlPlane()
                .client()
                .resources(IamServiceAccount.class)
                .inNamespace(subject.namespace())
                .withName(subject.name())
                .get();
    }

    private String created(Subject subject) {
        return stored(subject).getMetadata().getCreationTimestamp();
    }
}
