package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import dev.irsa.fixtures.iam.InMemoryIam;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of other accounts share: an IamAccount, its entitlement, and a resource of it. */
abstract class OtherAccountTestBase {
    static final String ID = "444455556666";
    static final String ROLE = "laptop_payments_reports";
    static final String ACCOUNT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: analytics}
            spec: {accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator"}
            """;
    static final String ABANDONED = ACCOUNT.replace("spec: {", "spec: {access: Abandon, ");
    static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: reports}
            spec: {account: analytics, namespaceSelector: {}, allow: {managedPolicies: [AmazonS3ReadOnlyAccess]}}
            """;
    static final String RESOURCE = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: payments, name: reports}
            spec: {account: analytics, policies: {managed: [AmazonS3ReadOnlyAccess]}}
            """;

    InProcessEnvironment environment;

    @BeforeEach
    void start() throws InterruptedException {
        environment = InProcessEnvironment.start(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .allowingEverything();
        environment.createNamespace("payments", Map.of());
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    InMemoryIam other() {
        return environment.accounts().iam(ID);
    }

    void apply(String... manifests) {
        for (String manifest : manifests) {
            environment.user().resource(manifest).fieldManager("kubectl").serverSideApply();
        }
    }

    Resource<?> resource() {
        return environment.user().resource(RESOURCE);
    }

    void awaitReason(String expected) {
        await().untilAsserted(() -> assertThat(reason()).isEqualTo(expected));
    }

    String reason() {
        return ready("reports");
    }

    String ready(String name) {
        return environment.ready("payments", name, Condition::reason);
    }

    String message() {
        return environment.ready("payments", "reports", Condition::message);
    }

    IamAccountStatus accountStatus() {
        return Objects.requireNonNull(environment
                .user()
                .resources(IamAccount.class)
                .withName("analytics")
                .get()
                .getStatus());
    }

    String accountReason() {
        return accountReason("analytics");
    }

    String accountReason(String name) {
        IamAccountStatus status = environment
                .user()
                .resources(IamAccount.class)
                .withName(name)
                .get()
                .getStatus();
        return Optional.ofNullable(status).map(IamAccountStatus::conditions).orElse(List.of()).stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(Condition::reason)
                .findFirst()
                .orElse("");
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20));
    }
}
