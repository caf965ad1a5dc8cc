package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that roles are retained only where an entitlement allows it, and that they are shown. Uses a separate cluster. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetainedRolesIT {
    private static final String GAUGE = "irsa_retained_roles";

    private ControlPlane controlPlane;
    private TestEnvironment env;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        PublishedSettings.prepare(env);
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    private void entitle(String deletionPolicies) {
        env.kubectl().apply("""
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: everything},
                 spec: {namespaceSelector: {}, allow: {managedPolicies: ["*"], deletionPolicies: [%s]},
                   limits: {rolesPerNamespace: 1}}}
                """.formatted(deletionPolicies)).orThrow();
    }

    @Test
    void retainsAndShowsRoleOnceAnEntitlementAllowsIt() {
        entitle("");
        try (OperatorProcess operator =
                env.sweeping().withArguments(PublishedSettings.FLAGS).startReady()) {
            PublishedSettings.await(env);
            Subject subject = Subject.in(env)
                    .apply("{deletionPolicy: Retain, policies: {managed: [AmazonS3ReadOnlyAccess]}}")
                    .awaitReady();
            subject.kubectl("delete", "iamserviceaccount", subject.name(), "--wait=false");
            subject.awaitReason("DeletionBlocked");
            assertThat(subject.accountExists()).as("nothing is withdrawn").isTrue();

            entitle("Retain");
            TestEnvironment.await().until(() -> !subject.exists());
            TestEnvironment.await().until(() -> Metrics.value(operator, GAUGE) == 1);
            var items = KubectlIrsa.of(controlPlane.kubeconfig(), env.proxy().uri())
                    .json("get", "--retained", "--namespace", subject.namespace())
                    .get("items");
            assertThat(items).hasSize(1);
            assertThat(items.get(0).get("name").asText()).isEqualTo(subject.name());
            assertThat(items.get(0).get("roleName").asText()).isEqualTo(subject.roleName());

            Subject next = subject.named("next").apply("{}");
            next.awaitReason("NotEntitled");
            ConsoleUser.deleteRole(env, subject.roleName());
            next.awaitReady();
            showsUnusedAndOrphanedRoles(next);
            TestEnvironment.await().until(() -> Metrics.value(operator, GAUGE) == 0);
            next.delete();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void showsUnusedAndOrphanedRoles(Subject subject) {
        KubectlIrsa irsa = KubectlIrsa.of(controlPlane.kubeconfig(), env.proxy().uri());
        String namespace = subject.namespace();
        Map<String, String> tags = new TreeMap<>(env.tags(subject.roleName()));
        tags.put("irsa.dev/resource", namespace + "/gone");
        String orphan = "gone-" + namespace;
        ConsoleUser.createRole(env, orphan, "/irsa/prod/", tags);

        // moto does not have this call.
        env.proxy().faults().on("eks:ListPodIdentityAssociations").answer("application/json", "{\"associations\": []}");
        var unused =
                irsa.json("get", "--unused", "0d", "--namespace", namespace).get("items");
        assertThat(unused).hasSize(1);
        assertThat(unused.get(0).get("name").asText()).isEqualTo(subject.name());
        assertThat(unused.get(0).get("roleCreatedAt").asText()).startsWith("20");
        var orphaned = irsa.json("get", "--orphaned", "--namespace", namespace).get("items");
        assertThat(orphaned).hasSize(1);
        assertThat(orphaned.get(0).get("name").asText()).isEqualTo("gone");
        assertThat(orphaned.get(0).get("roleName").asText()).isEqualTo(orphan);
        assertThat(irsa.run("get", "--namespace", namespace, "-o", "wide").stdout())
                .containsPattern("LAST USED +ROLE\n")
                .containsPattern(subject.name() + " .* (never|20[0-9-]+ .*) +irsa/prod/" + subject.roleName());

        ConsoleUser.deleteRole(env, orphan);
    }
}
