package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A console user changes a role of the operator. */
class DriftIT extends OperatorTestBase {
    private static final String SPEC = """
            {role: {description: "%s", tags: {team: payments}}, policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}""";
    private static final String WIDE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}""";

    @Test
    void repairsDriftFoundByGetRoleOnNextSpecChange() {
        Subject subject = Subject.in(env).apply(SPEC.formatted("one")).awaitReady();
        VisibleState before = VisibleState.of(subject);
        String role = subject.roleName();
        env.iam().updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(WIDE));
        env.iam().untagRole(request -> request.roleName(role).tagKeys("team"));
        ConsoleUser.tag(env, role, Map.of("owner", "finance"));
        env.iam()
                .updateRole(request -> request.roleName(role).description("one").maxSessionDuration(43200));
        env.proxy().calls().clear();

        subject.apply(SPEC.formatted("two")).awaitReady();
        assertThat(subject.calls()).containsExactly("GetRole", "UpdateAssumeRolePolicy", "UpdateRole", "TagRole");
        assertThat(before.changesTo(VisibleState.of(subject)))
                .as("the desired tags, and the tag of another user")
                .containsExactly("~ description two", "+ tag owner finance");
        subject.awaitEvent("RoleUpdated", "set the trust policy of role " + role, "tagged role", "3600");
        subject.delete();
    }

    @Test
    void neverRemovesPermissionsBoundary() {
        Subject subject = Subject.in(env);
        String bounded = "{role: {permissionsBoundaryARN: 'arn:aws:iam::aws:policy/PowerUserAccess'}}";
        subject.apply(bounded).awaitReady();
        VisibleState before = VisibleState.of(subject);

        subject.apply("{role: {description: unbound}}");
        String message = subject.awaitReason("InvalidSpec");
        assertThat(message)
                .contains(
                        "spec.role.permissionsBoundaryARN",
                        "arn:aws:iam::aws:policy/PowerUserAccess",
                        "delete-role-permissions-boundary --role-name " + subject.roleName());
        assertThat(subject.condition("Stalled")).isEqualTo("True");
        assertThat(before.changesTo(VisibleState.of(subject))).containsExactly("~ description unbound");

        env.iam().deleteRolePermissionsBoundary(request -> request.roleName(subject.roleName()));
        subject.apply("{role: {description: free}}").awaitReady();
        assertThat(subject.condition("Stalled")).isEmpty();
        assertThat(before.changesTo(VisibleState.of(subject))).containsExactly("- boundary", "~ description free");
        subject.delete();
    }

    @Test
    void apiServerRejectsChangesToImmutableFields() {
        Subject subject = Subject.in(env)
                .apply("{serviceAccounts: [{name: billing}], role: {name: fixed-role, path: /irsa/fixed/}}");
        List.of(
                        "{serviceAccounts: [{name: billing}], role: {name: other-role, path: /irsa/fixed/}}",
                        "{serviceAccounts: [{name: billing}], role: {name: fixed-role, path: /irsa/other/}}",
                        "{serviceAccounts: [{name: billing}], role: {path: /irsa/fixed/}}",
                        "{serviceAccounts: [{name: billing}], role: {name: fixed-role}}")
                .forEach(spec -> {
                    Command.Result result =
                            env.kubectl().apply(TestEnvironment.resource(subject.namespace(), subject.name(), spec));
                    assertThat(result.exitCode()).as(spec).isNotZero();
                    assertThat(result.stderr()).contains("is immutable");
                });
        subject.delete();
    }
}
