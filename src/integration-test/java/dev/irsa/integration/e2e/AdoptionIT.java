package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the adoption of a role that was created manually. Both the resource and the role must agree to it. */
class AdoptionIT extends OperatorTestBase {
    private static final String ADOPTABLE_BY = "irsa.dev/adoptable-by";
    private static final String ADOPTING =
            "{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {adoption: IfOffered}, deletionPolicy: Retain}";
    private static final String SUSPENDED = ADOPTING.replace("{policies", "{suspend: true, policies");
    private static final String RESUME = "{\"spec\":{\"suspend\":false}}";

    @Override
    OperatorLaunch launch() {
        return env.launch().withArguments("--adoption-path", "/teams/", "--adoption-role", "/eksctl-it-*");
    }

    /** Returns a resource in a new namespace whose role exists already, with these tags. */
    private AppliedResource resourceWithExistingRole(Map<String, String> tags) {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        ConsoleUser.createRole(env, resource.role(), TestEnvironment.PATH, tags);
        return resource;
    }

    private AppliedResource adoptable() {
        AppliedResource resource = resourceWithExistingRole(Map.of("cost", "a"));
        ConsoleUser.tag(env, resource.role(), ADOPTABLE_BY, consent(resource));
        return resource;
    }

    private static String consent(AppliedResource resource) {
        return TestEnvironment.CLUSTER + "/" + resource.namespace() + "/" + resource.name();
    }

    @Test
    void plansAdoptionWhileSuspendedAndAdoptsRoleWhenResumed() {
        AppliedResource resource = adoptable();
        RoleSnapshot before = RoleSnapshot.of(env, resource.role());

        resource.spec(SUSPENDED).awaitReason("Suspended");

        assertThat(resource.pendingChanges())
                .anyMatch(line -> line.startsWith("tag role") && line.contains("irsa.dev/adopted=true"))
                .anyMatch(line -> line.startsWith("set the trust policy") && line.contains("ec2.amazonaws.com"))
                .anyMatch(line -> line.contains("detach policy arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess"));
        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);

        resource.patch(RESUME).awaitReady();

        RoleSnapshot after = RoleSnapshot.of(env, resource.role());
        assertThat(after.id()).isEqualTo(before.id()).isEqualTo(resource.get("{.status.role.id}"));
        assertThat(after.trust())
                .contains("system%3Aserviceaccount%3A" + resource.namespace() + "%3Ainvoices")
                .doesNotContain("ec2.amazonaws.com");
        assertThat(after.tags())
                .containsEntry("cost", "a")
                .containsEntry("irsa.dev/adopted", "true")
                .containsEntry("irsa.dev/resource", resource.namespace() + "/invoices")
                .doesNotContainKey(ADOPTABLE_BY);
        assertThat(after.attached()).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(resource.pendingChanges()).isEmpty();
        resource.await("reports the adoption")
                .until(() -> !resource.events("RoleAdopted").isEmpty());
    }

    /** The operator has all permissions here, so that only the flag limits it. */
    @Test
    void adoptsRolesByName() {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        String role = "eksctl-it-" + resource.namespace();
        RoleSnapshot before = ConsoleUser.createRole(env, role, "/", Map.of(ADOPTABLE_BY, consent(resource)));
        String spec = SUSPENDED.replace("{adopt", "{name: " + role + ", path: /, adopt");
        resource.spec(spec).awaitReason("Suspended");
        assertThat(resource.get("{.status.adoption}")).isEqualTo("Offered");
        resource.patch(RESUME).awaitReady();
        assertThat(resource.get("{.status.adoption}")).isEqualTo("Adopted");
        assertThat(RoleSnapshot.of(env, role).id()).isEqualTo(before.id());
        assertThat(env.tags(role)).containsEntry("irsa.dev/resource", resource.namespace() + "/invoices");

        AppliedResource other = new AppliedResource(env, env.namespace(), "invoices");
        String another = "by-hand-" + other.namespace();
        ConsoleUser.createRole(env, another, "/", Map.of(ADOPTABLE_BY, consent(other)));
        other.spec(SUSPENDED.replace("{adopt", "{name: " + another + ", path: /, adopt"));
        assertThat(other.awaitReason("InvalidSpec")).contains("adoption of role /" + another);
        assertThat(env.tags(another)).containsOnlyKeys(ADOPTABLE_BY);
    }

    @Test
    void adoptsOnlyRolesUnderAdoptionPath() {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        String role = "by-hand-" + resource.namespace();
        ConsoleUser.createRole(env, role, "/teams/payments/", Map.of(ADOPTABLE_BY, consent(resource)));
        String spec = SUSPENDED.replace("{adopt", "{name: " + role + ", path: /teams/payments/, adopt");
        resource.spec(spec).awaitReason("Suspended");
        resource.patch(RESUME).awaitReady();
        assertThat(env.tags(role)).containsEntry("irsa.dev/resource", resource.namespace() + "/invoices");

        AppliedResource elsewhere = new AppliedResource(env, env.namespace(), "invoices");
        elsewhere.spec(spec.replace("/teams/", "/others/"));
        assertThat(elsewhere.awaitReason("InvalidSpec"))
                .contains("spec.role.path", "may be adopted now: /teams/*", "--adoption-path");
    }
}
