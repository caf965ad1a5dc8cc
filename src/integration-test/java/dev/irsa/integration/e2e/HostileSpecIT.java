package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What only the operator can see to be wrong in a spec: it says where, touches nothing, and goes on working. */
class HostileSpecIT extends OperatorTestBase {
    private static final String DOCUMENT = "spec.policies.inline[read].document: ";
    private static final String ALLOW = "Effect: Allow, Action: 's3:GetObject', Resource: '*'";

    @Test
    void aPolicyDocumentThatIamWouldNeverTakeIsNamedWithThePlace() {
        String document =
                "{Version: '2012-10-17', Statement: [{ALLOW}, {Effect: allow, Action: 's3:*', Resource: '*'}]}";
        AppliedResource resource =
                AppliedResource.resource(world, "invoices", inline("read", document.replace("ALLOW", ALLOW)));

        assertThat(resource.awaitReason("InvalidSpec"))
                .startsWith(DOCUMENT)
                .contains("Statement[1].Effect is \"allow\"");
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertThat(resource.finalizers()).isEmpty();
        assertThat(world.proxy().calls().actionsOn(resource.role())).isEmpty();

        resource.spec(inline("read", "{Version: '2012-10-17', Statement: [{" + ALLOW + "}]}"))
                .awaitReady();
        assertThat(world.inline(resource.role())).containsExactly("read");
    }

    @Test
    void aBadEditOfAReadyResourceLeavesItsRoleAsItIs() {
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        RoleSnapshot before = RoleSnapshot.of(world, resource.role());

        resource.spec(inline("read", "{Version: '2012-10-17', Statement: [{" + ALLOW + ", Principal: '*'}]}"));

        assertThat(resource.awaitReason("InvalidSpec")).contains("Principal");
        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);
        assertThat(resource.roleArnAnnotation())
                .isEqualTo(world.role(resource.role()).arn());
        resource.delete().awaitGone();
        assertThat(world.roleExists(resource.role())).isFalse();
    }

    @Test
    void aBadOneIsNoObstacleForTheNext() {
        AppliedResource bad = AppliedResource.resource(world, "bad", inline("read", "{}"));
        bad.awaitReason("InvalidSpec");

        AppliedResource.smallest(world, "good").awaitReady();

        bad.delete().awaitGone();
    }

    private static String inline(String name, String document) {
        return "{policies: {inline: [{name: " + name + ", document: " + document + "}]}}";
    }
}
