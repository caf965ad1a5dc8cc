package dev.irsa.integration.permissions;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All writes to an existing role, each with the context that is allowed for the operator's own roles. */
final class RoleWrites {
    private RoleWrites() {}

    static List<Attempt> on(String which, String policy, String role, Map<String, String> tags) {
        Attempt tag = Attempt.of("tags " + which, policy, AwsAction.TAG_ROLE, role);
        return Stream.of(
                        tag.requesting(Map.of("team", "payments")),
                        tag.as("tags as its own " + which).requesting(Sample.OWNED),
                        Attempt.of("untags " + which, policy, AwsAction.UNTAG_ROLE, role)
                                .with("aws:TagKeys", List.of("team")),
                        Attempt.of(
                                        "changes the trust policy of " + which,
                                        policy,
                                        AwsAction.UPDATE_ASSUME_ROLE_POLICY,
                                        role)
                                .bounded(Sample.BOUNDARY),
                        Attempt.of("changes the session of " + which, policy, AwsAction.UPDATE_ROLE, role),
                        Attempt.of("attaches a policy to " + which, policy, AwsAction.ATTACH_ROLE_POLICY, role)
                                .bounded(Sample.BOUNDARY)
                                .about(Sample.ALLOWED),
                        Attempt.of("puts an inline policy on " + which, policy, AwsAction.PUT_ROLE_POLICY, role)
                                .bounded(Sample.BOUNDARY),
                        Attempt.of(
                                        "sets the boundary of " + which,
                                        policy,
                                        AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY,
                                        role)
                                .bounded(Sample.WIDER_BOUNDARY),
                        Attempt.of("detaches a policy from " + which, policy, AwsAction.DETACH_ROLE_POLICY, role)
                                .about(Sample.ALLOWED),
                        Attempt.of("deletes an inline policy of " + which, policy, AwsAction.DELETE_ROLE_POLICY, role),
                        Attempt.of("deletes " + which, policy, AwsAction.DELETE_ROLE, role))
                .map(attempt -> attempt.onTagged(tags))
                .toList();
    }
}
