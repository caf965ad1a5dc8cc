package dev.irsa.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an operator at work. */
class InstallationCheckTest {
    private static final String OBJECT = "IamServiceAccount default/check";

    private final List<String> progress = new ArrayList<>();
    private InProcessEnvironment environment;

    @BeforeEach
    void start() throws InterruptedException {
        environment = InProcessEnvironment.start(Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void passesAndLeavesNothing() throws Exception {
        environment.allowingEverything();

        check(Duration.ofSeconds(30)).run();

        assertThat(progress)
                .startsWith(OBJECT + ": created")
                .containsSubsequence(OBJECT + ": deletion requested", OBJECT + ": deleted")
                .endsWith(OBJECT + ": deleted", "ServiceAccount default/check: deleted")
                .anyMatch(line -> line.startsWith(OBJECT + ": Ready: "));
        assertAllDeleted();
    }

    @Test
    void reportsNotReadyReasonAtOnceAndAtEnd() throws Exception {
        CheckFailed failed = failure(Duration.ofSeconds(3));

        assertThat(progress).anyMatch(line -> line.startsWith(OBJECT + ": NotEntitled: "));
        assertThat(failed.problems())
                .singleElement()
                .asString()
                .startsWith(OBJECT + " was not Ready within 3 s: NotEntitled: ");
        assertAllDeleted();
    }

    @Test
    void deletesLeftoverOfEarlierCheckFirst() throws Exception {
        environment.allowingEverything();
        String left = new CheckResource(environment.user(), "default", "check", "earlier")
                .create()
                .uid();

        check(Duration.ofSeconds(30)).run();

        assertThat(left).isNotEmpty();
        assertThat(progress)
                .startsWith(OBJECT + ": left over from an earlier check", OBJECT + ": deletion requested")
                .contains(OBJECT + ": created");
        assertAllDeleted();
    }

    private CheckFailed failure(Duration limit) {
        return catchThrowableOfType(CheckFailed.class, () -> check(limit).run());
    }

    private InstallationCheck check(Duration limit) {
        return new InstallationCheck(
                new CheckResource(environment.user(), "default", "check", "this"),
                new CheckTimeouts(InstantSource.system(), limit, Duration.ofMillis(20), new CountDownLatch(1)),
                progress::add);
    }

    private void assertAllDeleted() {
        assertThat(environment
                        .user()
                        .resources(IamServiceAccount.class)
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(environment
                        .user()
                        .serviceAccounts()
                        .inNamespace("default")
                        .withName("check")
                        .get())
                .isNull();
        assertThat(environment.iam().listRoles().roles()).isEmpty();
    }
}
