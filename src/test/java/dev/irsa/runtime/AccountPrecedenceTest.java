package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** IamAccounts of one account that were created in the same second, of which the first by name precedes. */
class AccountPrecedenceTest {
    private static final String ACCOUNT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: NAME}
            spec: {accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator"}
            """;

    private InProcessEnvironment environment;

    @BeforeEach
    void start() throws InterruptedException {
        environment = InProcessEnvironment.start(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void onlyTheFirstByNameOfTheSameSecondManagesTheAccount() {
        boolean same = false;
        for (int i = 0; i < 10 && !same; i++) {
            delete("zz");
            delete("aa");
            same = applyWithinASecond();
        }
        assertThat(same).isTrue();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(List.of(reason("zz"), reason("aa"))).containsExactly("AccountInvalid", "Ready"));

        delete("aa");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> reason("zz").equals("Ready"));
    }

    /** Applies the first by name last, when the other one works already. */
    private boolean applyWithinASecond() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Instant.now().get(ChronoField.MILLI_OF_SECOND) < 100);
        int before = calls();
        apply("zz");
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> calls() > before);
        apply("aa");
        return created("zz").equals(created("aa"));
    }

    private int calls() {
        return environment.accounts().iam("444455556666").calls().total();
    }

    private void apply(String name) {
        environment
                .user()
                .resource(ACCOUNT.replace("NAME", name))
                .fieldManager("kubectl")
                .serverSideApply();
    }

    private void delete(String name) {
        environment.user().resource(ACCOUNT.replace("NAME", name)).delete();
    }

    private String created(String name) {
        return account(name).getMetadata().getCreationTimestamp();
    }

    private IamAccount account(String name) {
        return environment.user().resources(IamAccount.class).withName(name).get();
    }

    private String reason(String name) {
        return Optional.ofNullable(account(name).getStatus())
                .map(IamAccountStatus::conditions)
                .orElse(List.of())
                .stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(Condition::reason)
                .findFirst()
                .orElse("");
    }
}
