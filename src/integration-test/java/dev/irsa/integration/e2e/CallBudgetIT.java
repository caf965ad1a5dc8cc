package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts the IAM calls for one resource over its life. The cases are in the unit test of the call budget. */
class CallBudgetIT extends OperatorTestBase {
    /** {@code deletionPolicy} changes nothing in IAM. An edit of it shows the calls of a reconcile without changes. */
    private static final String SPEC =
            "{deletionPolicy: %s, role: {description: %s}, policies: {managed: [AmazonS3ReadOnlyAccess], inline: ["
                    + "{name: read, document: {Version: '2012-10-17', Statement: ["
                    + "{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}";

    private static final List<String> REMOVAL =
            List.of("GetRole", "DetachRolePolicy", "DeleteRolePolicy", "DeleteRole");

    @Test
    void makesOnlyRequiredCalls() {
        Subject subject = Subject.in(env);
        subject.apply(SPEC.formatted("Retain", "one")).awaitReady();
        assertThat(take(subject)).containsExactly("CreateRole", "AttachRolePolicy", "PutRolePolicy");

        subject.apply(SPEC.formatted("Delete", "one")).awaitReady();
        assertThat(take(subject)).isEmpty();

        subject.apply(SPEC.formatted("Delete", "two")).awaitReady();
        assertThat(take(subject)).containsExactly("GetRole", "UpdateRole");

        subject.delete();
        assertThat(take(subject)).isEqualTo(REMOVAL);
    }

    @Test
    void makesOnlyRequiredCallsAfterRestart() {
        Subject subject = Subject.in(env).apply(SPEC.formatted("Delete", "two")).awaitReady();
        operator.close();
        operator = env.launch().startReady();
        Metrics.awaitFirstSweep(operator);
        take(subject);

        subject.apply(SPEC.formatted("Retain", "two")).awaitReady();
        assertThat(take(subject)).as("the sweep has read all roles").isEmpty();

        subject.apply(SPEC.formatted("Delete", "three")).awaitReady();
        assertThat(take(subject)).containsExactly("GetRole", "UpdateRole");

        subject.delete();
        List<String> calls = take(subject);
        assertThat(calls).startsWith(REMOVAL.toArray(String[]::new));
        assertThat(calls.subList(REMOVAL.size(), calls.size()))
                .as("a late call of the previous process may recreate a role this new")
                .isSubsetOf("GetRole")
                .hasSizeLessThanOrEqualTo(3);
    }

    /**
     * Kubernetes timestamps have whole seconds. A resource created in the second of the operator's start may look older
     * than the operator.
     */
    @BeforeAll
    static void awaitNextSecond() {
        TestEnvironment.awaitTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    /** Returns the calls since the last {@code take}. */
    private static List<String> take(Subject subject) {
        List<String> calls = subject.calls();
        subject.env().proxy().calls().clear();
        return calls;
    }
}
