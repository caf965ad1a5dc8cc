package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests specs that only the operator can find invalid. It reports the path, changes nothing, and keeps working. */
class HostileSpecIT extends OperatorTestBase {
    private static final String DOCUMENT = "spec.policies.inline[read].document: ";
    private static final String ALLOW = "Effect: Allow, Action: 's3:GetObject', Resource: '*'";

    @Test
    void reportsInvalidPolicyDocumentWithItsPath() {
        String document =
                "{Version: '2012-10-17', Statement: [{ALLOW}, {Effect: allow, Action: 's3:*', Resource: '*'}]}";
        AppliedResource resource =
                AppliedResource.resource(env, "invoices", inline("read", document.replace("ALLOW", ALLOW)));

        assertThat(resource.awaitReason("InvalidSpec"))
                .startsWith(DOCUMENT)
                .contains("Statement[1].Effect is \"allow\"");
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertThat(resource.finalizers()).isEmpty();
        assertThat(env.proxy().calls().actionsOn(resource.role())).isEmpty();

        resource.spec(inline("read", "{Version: '2012-10-17', Statement: [{" + ALLOW + "}]}"))
                .awaitReady();
        assertThat(env.inline(resource.role())).containsExactly("read");
    }

    @Test
    void keepsRoleWhenSpecBecomesInvalid() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        RoleSnapshot before = RoleSnapshot.of(env, resource.role());

        resource.spec(inline("read", "{Version: '2012-10-17', Statement: [{" + ALLOW + ", Principal: '*'}]}"));

        assertThat(resource.awaitReason("InvalidSpec")).contains("Principal");
        assertThat(RoleSnapshot.of(env, resource.role())).isEqualTo(before);
        assertThat(resource.roleArnAnnotation())
                .isEqualTo(env.role(resource.role()).arn());
        resource.delete().awaitGone();
        assertThat(env.roleExists(resource.role())).isFalse();
    }

    @Test
    void invalidResourceDoesNotBlockOthers() {
        AppliedResource bad = AppliedResource.resource(env, "bad", inline("read", "{}"));
        bad.awaitReason("InvalidSpec");

        AppliedResource.smallest(env, "good").awaitReady();

        bad.delete().awaitGone();
    }

    private static String inline(String name, String document) {
        return "{policies: {inline: [{name: " + name + ", document: " + document + "}]}}";
    }
}
