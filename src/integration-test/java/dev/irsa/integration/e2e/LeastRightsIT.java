package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.AuditedRequest;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator does its whole work with the rights of a manifest of deploy/, and uses every one of them: the API server
 * writes down each request, so that a right that nothing needs shows as well as one that lacks.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LeastRightsIT {
    private static final String OPERATOR = "system:serviceaccount:irsa-operator:irsa-operator";
    private static final String NAMESPACE = "payments";
    private static final String OUTSIDE = "elsewhere";

    /** Kubernetes lets everybody ask what he may do himself. */
    private static final Set<String> EVERYBODYS = Set.of("selfsubjectaccessreviews");

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private World world;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("delete", "iamentitlement", "everything").orThrow();
        world.kubectl().run("apply", "-f", "deploy/entitlement.yaml").orThrow();
        List.of(NAMESPACE, OUTSIDE)
                .forEach(
                        name -> world.kubectl().run("create", "namespace", name).orThrow());
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void inTheWholeCluster() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac.yaml");
        try (OperatorProcess operator = start(manifest)) {
            FullWorkload.in(world, NAMESPACE).all();
            World.await()
                    .until(() -> entitlement("{.status.observedGeneration} {.status.resources}")
                            .equals("1 0"));
            assertNothingIsForbidden(operator);
        }

        assertEachIsUsedOnceAndNoneLacks(manifest);
    }

    @Test
    void inOneNamespaceAndOutsideOfItNothing() {
        RbacManifest manifest = RbacManifest.read("deploy/rbac-namespaces.yaml");
        world.kubectl()
                .run("label", "namespace", OUTSIDE, "irsa.dev/entitlement=default")
                .orThrow();
        AppliedResource outside = new AppliedResource(world, OUTSIDE, "invoices").spec("{}");
        String before = outside.resourceVersion();
        try (OperatorProcess operator = start(manifest, "--watch-namespace=" + NAMESPACE)) {
            FullWorkload.in(world, NAMESPACE).all();
            assertNothingIsForbidden(operator);
        }

        assertEachIsUsedOnceAndNoneLacks(manifest);
        assertThat(outside.resourceVersion()).isEqualTo(before);
        assertThat(world.roleExists(outside.role())).isFalse();
        assertThat(entitlement("{.status.observedGeneration}"))
                .as("never written")
                .isEmpty();
        assertThat(requests())
                .extracting(AuditedRequest::namespace)
                .containsOnly("", NAMESPACE, "irsa-operator", "kube-system");
    }

    private OperatorProcess start(RbacManifest manifest, String... flags) {
        world.kubectl().run("apply", "-f", manifest.file()).orThrow();
        world.kubectl().run("apply", "-f", "deploy/deployment.yaml").orThrow();
        return world.sweeping()
                .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator"))
                .withArguments("--own-deployment", "irsa-operator/irsa-operator")
                .withArguments("--leader-election", "--lease", Replica.LEASE)
                .withArguments(flags)
                .startReady();
    }

    private String entitlement(String path) {
        return world.kubectl().get("get", "iamentitlement", "default", "-o=jsonpath=" + path);
    }

    private static void assertNothingIsForbidden(OperatorProcess operator) {
        assertThat(operator.log()).doesNotContain("forbidden");
        Log.assertNoStackTrace(operator.log());
    }

    private void assertEachIsUsedOnceAndNoneLacks(RbacManifest manifest) {
        List<Grant> grants = manifest.grants();
        // The end of a watch is written down a little after the operator's.
        World.await()
                .untilAsserted(() -> assertThat(grants)
                        .as("used")
                        .allMatch(grant -> requests().stream().anyMatch(grant::covers)));
        assertThat(requests()).as("refused").noneMatch(AuditedRequest::refused);
        assertThat(requests())
                .filteredOn(request -> !EVERYBODYS.contains(request.resource()))
                .as("rights for each request")
                .allSatisfy(request -> assertThat(grants)
                        .filteredOn(grant -> grant.covers(request))
                        .hasSize(1));
    }

    private List<AuditedRequest> requests() {
        return audit.requestsOf(OPERATOR);
    }
}
