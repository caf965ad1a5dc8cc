package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.ManualDrift.put;
import static dev.irsa.integration.e2e.ManualDrift.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without the permission for bulk reads, the operator reads roles one by one, at a longer interval. */
class SweepDeniedIT extends EnvironmentTestBase {
    private static final String PAGES = "iam:GetAccountAuthorizationDetails";

    @Test
    void reportsDenialOnceAndRepairsDriftOneByOne() {
        OperatorDeployment own = OperatorDeployment.in(env);
        // Watch one namespace only; otherwise the operator also reads the roles of other tests.
        String namespace = env.namespace();
        try (OperatorProcess operator = env.sweeping()
                .withArguments("--own-deployment", own.flag(), "--fallback-interval", "4s")
                .withArguments("--watch-namespace", namespace)
                .startReady()) {
            ResourceGroup group =
                    ResourceGroup.apply(env, namespace, AppliedResource.ONE_POLICY, List.of("one", "two"));
            Metrics.awaitSweeps(operator, 1);
            env.proxy().clear();
            env.proxy().faults().deny(PAGES);
            own.awaitEvent("SweepDenied", PAGES, "one by one", "docs/permissions.md");

            drift(group.first());
            TestEnvironment.await().until(() -> repaired(group.first()));
            group.first().awaitEvent("DriftRepaired", "deleted inline policy backdoor");
            TestEnvironment.await().until(() -> group.subject("two").calls().contains("GetRole"));
            assertThat(group.subject("two").calls())
                    .as("is read too, and nothing is written")
                    .allMatch(action -> action.startsWith("Get") || action.startsWith("List"));
            TestEnvironment.await().until(() -> env.proxy().calls().count(PAGES) >= 4);
            assertThat(operator.log().lines().filter(line -> line.contains("SweepDenied")))
                    .hasSize(1);
            assertThat(own.events())
                    .filteredOn(event -> event.startsWith("SweepDenied"))
                    .hasSize(1);

            env.proxy().clear();
            Metrics.awaitSweeps(operator, 1);
            env.proxy().calls().clear();
            Metrics.awaitSweeps(operator, 3);
            assertThat(group.calls()).as("no more reads of single roles").isEmpty();
            drift(group.subject("two"));
            TestEnvironment.await().until(() -> repaired(group.subject("two")));
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void doesNotDelayPendingWorkWhenDeniedAtStart() {
        String namespace = env.namespace();
        ResourceGroup group;
        try (OperatorProcess operator =
                env.sweeping().withArguments("--watch-namespace", namespace).startReady()) {
            group = ResourceGroup.apply(env, namespace, AppliedResource.ONE_POLICY, List.of("one", "two", "three"));
            assertThat(operator.isAlive()).isTrue();
        }
        env.proxy().clear();
        env.proxy().faults().deny(PAGES);

        try (OperatorProcess operator =
                env.sweeping().withArguments("--watch-namespace", namespace).startReady()) {
            group.first()
                    .apply("{policies: {managed: [AmazonSQSReadOnlyAccess]}}")
                    .awaitReady();
            group.subject("two").delete();
            group.subject("four").apply(AppliedResource.ONE_POLICY).awaitReady();

            assertThat(env.attached(group.first().roleName()))
                    .containsExactly(ManualDrift.MANAGED + "AmazonSQSReadOnlyAccess");
            assertThat(group.subject("two").roleExists()).isFalse();
            assertThat(group.subject("three").calls())
                    .as("is read within the hour")
                    .isEmpty();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void drift(Subject subject) {
        put(env, subject.roleName(), "backdoor", statement("Allow", "iam:*"));
    }

    private boolean repaired(Subject subject) {
        return env.inline(subject.roleName()).isEmpty();
    }
}
