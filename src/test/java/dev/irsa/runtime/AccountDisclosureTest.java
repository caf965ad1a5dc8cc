package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a namespace learns of an account that it may not use. */
class AccountDisclosureTest {
    private static final String ID = "444455556666";
    private static final String ACCOUNT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: analytics}
            spec: {accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator"}
            """;
    private static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: reports}
            spec: {account: analytics, namespaceSelector: {matchLabels: {team: reports}}}
            """;
    private static final String RESOURCE = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: stranger, name: reports}
            spec: {account: analytics}
            """;

    private InProcessEnvironment environment;

    @BeforeEach
    void start() throws InterruptedException {
        environment = InProcessEnvironment.start(Duration.ofSeconds(1), Duration.ofSeconds(1));
        environment.createNamespace("stranger", Map.of());
        environment.createNamespace("entitled", Map.of("team", "reports"));
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void onlyAnEntitledNamespaceLearnsThatTheAccountCannotBeUsed() {
        environment
                .accounts()
                .refuse(ID, Optional.of(new Failure.Passing(Reason.CredentialsUnavailable, "STS refuses the role")));
        apply(ACCOUNT, RESOURCE);
        awaitReason("stranger", "NotEntitled");
        assertThat(environment.ready("stranger", "reports", Condition::message))
                .contains("no IamEntitlement is for the IamAccount analytics");

        apply(ENTITLEMENT, RESOURCE.replace("stranger", "entitled"));
        awaitReason("entitled", "CredentialsUnavailable");
        apply(RESOURCE.replace("name: reports", "name: other"));
        await().untilAsserted(() -> assertThat(environment.ready("stranger", "other", Condition::message))
                .contains("no IamEntitlement for the IamAccount analytics selects namespace stranger"));
    }

    @Test
    void onlyAnEntitledNamespaceLearnsWhyItsDeletionFails() {
        environment
                .accounts()
                .refuse(ID, Optional.of(new Failure.Passing(Reason.CredentialsUnavailable, "STS refuses the role")));
        String held =
                RESOURCE.replace("name: reports", "name: reports, finalizers: [" + IamServiceAccount.FINALIZER + "]");
        apply(ACCOUNT, ENTITLEMENT, held, held.replace("stranger", "entitled"));
        environment.user().resource(held).delete();
        environment.user().resource(held.replace("stranger", "entitled")).delete();

        awaitReason("stranger", "DeletionBlocked");
        awaitReason("entitled", "DeletionBlocked");
        await().untilAsserted(() -> assertThat(environment.ready("entitled", "reports", Condition::message))
                .contains("STS refuses the role"));
        assertThat(environment.ready("stranger", "reports", Condition::message))
                .contains("ask a platform engineer to check its status")
                .doesNotContain("STS");
    }

    @Test
    void onlyAnEntitledNamespaceLearnsWhetherARoleExists() {
        environment
                .accounts()
                .iam(ID)
                .console()
                .create("secret", "/", "{\"Version\": \"2012-10-17\", \"Statement\": []}");
        String named = RESOURCE.replace(
                        "name: reports", "name: reports, finalizers: [" + IamServiceAccount.FINALIZER + "]")
                .replace("spec: {", "spec: {role: {name: secret}, ");
        apply(ACCOUNT, ENTITLEMENT);
        for (String manifest : List.of(named, named.replace("stranger", "entitled"))) {
            apply(manifest);
            environment.user().resource(manifest).delete();
            await().until(() -> environment.user().resource(manifest).get() == null);
        }

        await().untilAsserted(() -> assertThat(leftovers("entitled"))
                .singleElement()
                .asString()
                .contains("does not belong to this resource"));
        assertThat(leftovers("stranger")).isEmpty();
    }

    private List<String> leftovers(String namespace) {
        return environment.user().events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals("RoleLeftovers"))
                .map(Event::getNote)
                .toList();
    }

    private void apply(String... manifests) {
        for (String manifest : manifests) {
            environment.user().resource(manifest).fieldManager("kubectl").serverSideApply();
        }
    }

    private void awaitReason(String namespace, String reason) {
        await().untilAsserted(() -> assertThat(environment.ready(namespace, "reports", Condition::reason))
                .isEqualTo(reason));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20));
    }
}
