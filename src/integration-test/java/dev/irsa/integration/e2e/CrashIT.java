package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The operator is killed during its work. The next process converges and leaves nothing behind. */
class CrashIT extends EnvironmentTestBase {
    private static final int MANY = 50;

    @Test
    void convergesAfterSigkillDuringCreationAndDeletion() {
        String namespace = env.namespace();
        try (OperatorProcess first = env.launch().startReady()) {
            slowDown("iam:*");
            env.kubectl().apply(manyResources(namespace)).orThrow();
            TestEnvironment.await().until(() -> env.rolesOf(namespace).size() >= MANY / 3);
            first.sigkill();
        }
        assertThat(env.rolesOf(namespace).size()).isBetween(1, MANY - 1);
        env.proxy().clear();

        try (OperatorProcess second = env.launch().startReady()) {
            awaitAllReady(namespace);
            assertThat(env.rolesOf(namespace).size()).isEqualTo(MANY);
            assertThat(serviceAccounts(namespace)).isEqualTo(MANY);
            assertThat(IntStream.range(0, MANY))
                    .allSatisfy(i -> assertThat(env.attached(TestEnvironment.roleName(namespace, "many-" + i)))
                            .containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));

            slowDown("iam:*");
            env.kubectl()
                    .run("-n", namespace, "delete", "iamsa", "--all", "--wait=false")
                    .orThrow();
            TestEnvironment.await().until(() -> env.rolesOf(namespace).size() <= 2 * MANY / 3);
            second.sigkill();
        }
        assertThat(env.rolesOf(namespace).size()).isBetween(1, MANY - 1);
        env.proxy().clear();

        try (OperatorProcess third = env.launch().startReady()) {
            env.kubectl()
                    .run("-n", namespace, "wait", "--for=delete", "iamsa", "--all", "--timeout=120s")
                    .orThrow();
            assertThat(env.rolesOf(namespace).size()).isZero();
            TestEnvironment.await().until(() -> serviceAccounts(namespace) == 0);
            OperatorLog.assertNoStackTrace(third.log());
        }
    }

    @Test
    void reusesRoleWhenCreateRoleResponseIsLost() {
        try (OperatorProcess operator = env.launch().startReady()) {
            env.proxy().faults().on("iam:CreateRole").times(4).loseAnswer();

            AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();

            assertThat(env.proxy().calls().count("iam:CreateRole")).isGreaterThan(1);
            assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
            assertThat(resource.events("RoleConflict")).isEmpty();
            assertThat(resource.roleArnAnnotation())
                    .isEqualTo(env.role(resource.role()).arn());
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void continuesWithRoleCreatedBeforeSigkill() {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        try (OperatorProcess first = env.launch().startReady()) {
            env.proxy().faults().on("iam:CreateRole").loseAnswer();
            resource.spec(AppliedResource.ONE_POLICY);
            TestEnvironment.await().until(() -> env.roleExists(resource.role()));
            first.sigkill();
        }
        String id = env.role(resource.role()).roleId();
        assertThat(resource.get("{.status.roleARN}")).isEmpty();
        env.proxy().clear();

        try (OperatorProcess second = env.launch().startReady()) {
            resource.awaitReady();
            assertThat(env.role(resource.role()).roleId()).isEqualTo(id);
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void completesDeletionWhenDeleteRoleResponseIsLost() {
        try (OperatorProcess operator = env.launch().startReady()) {
            AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
            env.proxy().faults().on("iam:DeleteRole").times(4).loseAnswer();

            resource.delete().awaitGone();

            assertThat(env.proxy().calls().count("iam:DeleteRole")).isGreaterThan(1);
            assertThat(env.roleExists(resource.role())).isFalse();
            TestEnvironment.await().until(() -> !resource.hasServiceAccount());
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void completesDeletionAfterSigkillDuringDeleteRole() {
        AppliedResource resource;
        try (OperatorProcess first = env.launch().startReady()) {
            resource = AppliedResource.smallest(env, "invoices").awaitReady();
            env.proxy().faults().on("iam:DeleteRole").loseAnswer();
            resource.delete();
            TestEnvironment.await().until(() -> !env.roleExists(resource.role()));
            first.sigkill();
        }
        assertThat(resource.finalizers()).contains("irsa.dev");
        env.proxy().clear();

        try (OperatorProcess second = env.launch().startReady()) {
            resource.awaitGone();
            assertThat(env.roleExists(resource.role())).isFalse();
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void deletesRoleWhosePolicyWasDetachedManually() {
        AppliedResource resource;
        try (OperatorProcess first = env.launch().startReady()) {
            resource = AppliedResource.smallest(env, "invoices").awaitReady();
            first.sigkill();
        }
        env.iam()
                .detachRolePolicy(request ->
                        request.roleName(resource.role()).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));

        try (OperatorProcess second = env.launch().startReady()) {
            resource.delete().awaitGone();

            assertThat(env.roleExists(resource.role())).isFalse();
            assertThat(second.isAlive()).isTrue();
        }
    }

    private void slowDown(String action) {
        env.proxy().faults().on(action).delay(Duration.ofMillis(400));
    }

    private static String manyResources(String namespace) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> TestEnvironment.smallest(namespace, "many-" + i))
                .collect(Collectors.joining("---\n"));
    }

    private void awaitAllReady(String namespace) {
        env.kubectl()
                .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=120s")
                .orThrow();
    }

    /** Does not count the default ServiceAccount of the namespace. */
    private long serviceAccounts(String namespace) {
        return env.kubectl()
                .get("-n", namespace, "get", "sa", "-o=name")
                .lines()
                .filter(name -> !name.equals("serviceaccount/default"))
                .count();
    }
}
