package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator is killed in the middle of its work: the next start converges, and nothing is left over. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {
    private static final int MANY = 50;

    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void killedWhileItMakesFiftyAndThenWhileItRemovesThem() {
        String namespace = world.namespace();
        try (OperatorProcess first = world.launch().startReady()) {
            slowDown("iam:*");
            world.kubectl().apply(fifty(namespace)).orThrow();
            World.await().until(() -> world.rolesOf(namespace).size() >= MANY / 3);
            first.sigkill();
        }
        assertThat(world.rolesOf(namespace).size()).isBetween(1, MANY - 1);
        world.proxy().clear();

        try (OperatorProcess second = world.launch().startReady()) {
            awaitAllReady(namespace);
            assertThat(world.rolesOf(namespace).size()).isEqualTo(MANY);
            assertThat(serviceAccounts(namespace)).isEqualTo(MANY);
            assertThat(IntStream.range(0, MANY))
                    .allSatisfy(i -> assertThat(world.attached(World.roleName(namespace, "many-" + i)))
                            .containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));

            slowDown("iam:*");
            world.kubectl()
                    .run("-n", namespace, "delete", "iamsa", "--all", "--wait=false")
                    .orThrow();
            World.await().until(() -> world.rolesOf(namespace).size() <= 2 * MANY / 3);
            second.sigkill();
        }
        assertThat(world.rolesOf(namespace).size()).isBetween(1, MANY - 1);
        world.proxy().clear();

        try (OperatorProcess third = world.launch().startReady()) {
            world.kubectl()
                    .run("-n", namespace, "wait", "--for=delete", "iamsa", "--all", "--timeout=120s")
                    .orThrow();
            assertThat(world.rolesOf(namespace).size()).isZero();
            World.await().until(() -> serviceAccounts(namespace) == 0);
            Log.assertNoStackTrace(third.log());
        }
    }

    @Test
    void aLostAnswerOfCreateRoleMakesNoSecondRoleAndNoConflict() {
        try (OperatorProcess operator = world.launch().startReady()) {
            world.proxy().faults().on("iam:CreateRole").times(4).loseAnswer();

            AppliedResource resource =
                    AppliedResource.smallest(world, "invoices").awaitReady();

            assertThat(world.proxy().calls().count("iam:CreateRole")).isGreaterThan(1);
            assertThat(world.attached(resource.role()))
                    .containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
            assertThat(resource.events("RoleConflict")).isEmpty();
            assertThat(resource.roleArnAnnotation())
                    .isEqualTo(world.role(resource.role()).arn());
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void killedBeforeItKnowsThatItsRoleWasMadeItTakesTheRoleUp() {
        AppliedResource resource = new AppliedResource(world, world.namespace(), "invoices");
        try (OperatorProcess first = world.launch().startReady()) {
            world.proxy().faults().on("iam:CreateRole").loseAnswer();
            resource.spec(AppliedResource.ONE_POLICY);
            World.await().until(() -> world.roleExists(resource.role()));
            first.sigkill();
        }
        String id = world.role(resource.role()).roleId();
        assertThat(resource.get("{.status.role.arn}")).isEmpty();
        world.proxy().clear();

        try (OperatorProcess second = world.launch().startReady()) {
            resource.awaitReady();
            assertThat(world.role(resource.role()).roleId()).isEqualTo(id);
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void aLostAnswerOfDeleteRoleIsNoObstacle() {
        try (OperatorProcess operator = world.launch().startReady()) {
            AppliedResource resource =
                    AppliedResource.smallest(world, "invoices").awaitReady();
            world.proxy().faults().on("iam:DeleteRole").times(4).loseAnswer();

            resource.delete().awaitGone();

            assertThat(world.proxy().calls().count("iam:DeleteRole")).isGreaterThan(1);
            assertThat(world.roleExists(resource.role())).isFalse();
            World.await().until(() -> !resource.hasServiceAccount());
            Log.assertNoStackTrace(operator.log());
        }
    }

    @Test
    void killedBeforeItKnowsThatItsRoleIsGoneItLetsTheResourceGo() {
        AppliedResource resource;
        try (OperatorProcess first = world.launch().startReady()) {
            resource = AppliedResource.smallest(world, "invoices").awaitReady();
            world.proxy().faults().on("iam:DeleteRole").loseAnswer();
            resource.delete();
            World.await().until(() -> !world.roleExists(resource.role()));
            first.sigkill();
        }
        assertThat(resource.finalizers()).contains("irsa.dev");
        world.proxy().clear();

        try (OperatorProcess second = world.launch().startReady()) {
            resource.awaitGone();
            assertThat(world.roleExists(resource.role())).isFalse();
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void aPolicyDetachedByHandIsNoObstacleToADeletionByTheNextProcess() {
        AppliedResource resource;
        try (OperatorProcess first = world.launch().startReady()) {
            resource = AppliedResource.smallest(world, "invoices").awaitReady();
            first.sigkill();
        }
        world.iam()
                .detachRolePolicy(request ->
                        request.roleName(resource.role()).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));

        try (OperatorProcess second = world.launch().startReady()) {
            resource.delete().awaitGone();

            assertThat(world.roleExists(resource.role())).isFalse();
            assertThat(second.isAlive()).isTrue();
        }
    }

    private void slowDown(String action) {
        world.proxy().faults().on(action).delay(Duration.ofMillis(400));
    }

    private static String fifty(String namespace) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> World.smallest(namespace, "many-" + i))
                .collect(Collectors.joining("---\n"));
    }

    private void awaitAllReady(String namespace) {
        world.kubectl()
                .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=120s")
                .orThrow();
    }

    /** Without the one that every namespace has. */
    private long serviceAccounts(String namespace) {
        return world.kubectl()
                .get("-n", namespace, "get", "sa", "-o=name")
                .lines()
                .filter(name -> !name.equals("serviceaccount/default"))
                .count();
    }
}
