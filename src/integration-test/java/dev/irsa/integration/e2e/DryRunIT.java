package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import org.junit.jupiter.api.Test;

/** With {@code --dry-run}, the operator plans all changes and writes only the status. */
class DryRunIT extends EnvironmentTestBase {
    @Test
    void reportsPlanAndDefersDeletionUntilRealRun() {
        AppliedResource resource;
        try (OperatorProcess real = env.launch().startReady()) {
            resource = AppliedResource.smallest(env, "invoices").awaitReady();
            assertThat(real.isAlive()).isTrue();
        }
        env.proxy().clear();
        RoleSnapshot before = RoleSnapshot.of(env, resource.role());
        try (OperatorProcess dry = env.launch().withArguments("--dry-run").startReady()) {
            resource.awaitReason("Suspended");
            assertThat(resource.ready("message")).contains("no changes are pending");
            resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
            resource.await("reports the plan")
                    .until(() -> resource.pendingChanges().size() == 2);
            resource.delete();
            String version = resource.resourceVersion();
            // Once the operator has reconciled another resource, it had time to change this one.
            AppliedResource.smallest(env, "marker").awaitReason("Suspended");

            assertThat(resource.resourceVersion()).isEqualTo(version);
            assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);
            assertThat(resource.roleArnAnnotation()).isNotEmpty();
            assertThat(env.proxy().calls().actionsOn(resource.role())).allMatch(SuspendIT::isRead);
            assertThat(dry.isAlive()).isTrue();
        }
        try (OperatorProcess real = env.launch().startReady()) {
            resource.awaitGone();
            assertThat(env.roleExists(resource.role())).isFalse();
            assertThat(real.isAlive()).isTrue();
        }
    }
}
