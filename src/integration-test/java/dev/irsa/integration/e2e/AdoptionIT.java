package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A role that was made by hand becomes a resource's when both sides want it. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdoptionIT {
    private static final String PATH = "/irsa/" + World.CLUSTER + "/";
    private static final String OFFER = "irsa.dev/adoptable-by";
    private static final String ADOPTING = "{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {adopt: IfTagged}}";
    private static final String SUSPENDED = ADOPTING.replace("{policies", "{suspend: true, policies");
    private static final String RESUME = "{\"spec\":{\"suspend\":false}}";

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().withArguments("--adoption-path", "/teams/").startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    /** In a namespace of its own, with a role that is there already and says this of itself. */
    private AppliedResource besideRole(Map<String, String> tags) {
        AppliedResource resource = new AppliedResource(world, world.namespace(), "invoices");
        ConsoleUser.makeRole(world, resource.role(), PATH, tags);
        return resource;
    }

    private AppliedResource offered() {
        AppliedResource resource = besideRole(Map.of("cost", "a"));
        ConsoleUser.tag(world, resource.role(), OFFER, offer(resource));
        return resource;
    }

    private static String offer(AppliedResource resource) {
        return World.CLUSTER + "/" + resource.namespace() + "/" + resource.name();
    }

    @Test
    void itIsShownWhileSuspendedThenAdoptedWhole() {
        AppliedResource resource = offered();
        RoleSnapshot before = RoleSnapshot.of(world, resource.role());

        resource.spec(SUSPENDED).awaitReason("Suspended");

        assertThat(resource.pendingChanges())
                .anyMatch(line -> line.startsWith("tag role") && line.contains("irsa.dev/adopted=true"))
                .anyMatch(line -> line.startsWith("set the trust policy") && line.contains("ec2.amazonaws.com"))
                .anyMatch(line -> line.contains("detach policy arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"));
        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);

        resource.patch(RESUME).awaitReady();

        RoleSnapshot after = RoleSnapshot.of(world, resource.role());
        assertThat(after.id()).isEqualTo(before.id()).isEqualTo(resource.get("{.status.role.id}"));
        assertThat(after.trust())
                .contains("system%3Aserviceaccount%3A" + resource.namespace() + "%3Ainvoices")
                .doesNotContain("ec2.amazonaws.com");
        assertThat(after.tags())
                .containsEntry("cost", "a")
                .containsEntry("irsa.dev/adopted", "true")
                .containsEntry("irsa.dev/resource", resource.namespace() + "/invoices")
                .doesNotContainKey(OFFER);
        assertThat(after.attached()).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(resource.pendingChanges()).isEmpty();
        resource.await("reports the adoption")
                .until(() -> !resource.events("RoleAdopted").isEmpty());
    }

    @Test
    void aRoleUnderAnAdoptionPathIsAdoptedAndOneElsewhereIsNot() {
        AppliedResource resource = new AppliedResource(world, world.namespace(), "invoices");
        String role = "by-hand-" + resource.namespace();
        ConsoleUser.makeRole(world, role, "/teams/payments/", Map.of(OFFER, offer(resource)));
        String spec = SUSPENDED.replace("{adopt", "{name: " + role + ", path: /teams/payments/, adopt");
        resource.spec(spec).awaitReason("Suspended");
        resource.patch(RESUME).awaitReady();
        assertThat(world.tags(role)).containsEntry("irsa.dev/resource", resource.namespace() + "/invoices");

        AppliedResource elsewhere = new AppliedResource(world, world.namespace(), "invoices");
        elsewhere.spec(spec.replace("/teams/", "/others/"));
        assertThat(elsewhere.awaitReason("InvalidSpec"))
                .contains("spec.role.path", "--adoption-path=/others/payments/");
    }
}
