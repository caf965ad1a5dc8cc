package dev.irsa.performance.upgrade;

import dev.irsa.fixtures.awsserver.AwsCall;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The writes to AWS in a phase.
 *
 * @param earlier the writes of earlier phases
 */
record AwsWrites(List<AwsCall> earlier, List<AwsCall> calls) {
    private static final Set<String> LIFE = Set.of("CreateRole", "AttachRolePolicy", "DetachRolePolicy", "DeleteRole");

    AwsWrites {
        earlier = writes(earlier);
        calls = writes(calls);
    }

    private static List<AwsCall> writes(List<AwsCall> calls) {
        return calls.stream()
                .filter(call -> !call.action().matches("(Get|List|AssumeRole|Describe|Simulate).*"))
                .toList();
    }

    /** Returns the writes that no change of the users requires. */
    List<AwsCall> unexpected() {
        return calls.stream()
                .filter(call -> !isRequired(call) && !isConfirmation(call))
                .toList();
    }

    private static boolean isRequired(AwsCall call) {
        return (isFor(Workload.SHORT_LIVED, call) && LIFE.contains(call.action()))
                || (isFor(Workload.EDITED, call) && call.action().equals("UpdateRole"));
    }

    private static boolean isFor(String resources, AwsCall call) {
        return call.roleName().orElse("").startsWith(UpgradeMachine.role(resources));
    }

    /** Returns the number of calls that write a role again as it was. */
    long confirmations() {
        return calls.stream().filter(this::isConfirmation).count();
    }

    /**
     * If a resource is not Ready when the leader changes, the new leader does not know what the old one wrote, and its reads may
     * be stale. It writes again what the role must have.
     */
    private boolean isConfirmation(AwsCall call) {
        return isFor(Workload.EDITED, call)
                && switch (call.action()) {
                    case "AttachRolePolicy" -> earlier.contains(call);
                    case "UpdateAssumeRolePolicy" ->
                        earlier.stream()
                                .filter(creation -> creation.action().equals("CreateRole")
                                        && creation.roleName().equals(call.roleName()))
                                .anyMatch(creation -> trust(creation, "AssumeRolePolicyDocument")
                                        .equals(trust(call, "PolicyDocument")));
                    default -> false;
                };
    }

    private static String trust(AwsCall call, String parameter) {
        return call.parameters().getOrDefault(parameter, "");
    }

    /** Returns the writes that were made before with the same parameters. No two changes of the users are the same. */
    List<AwsCall> repeated() {
        Set<AwsCall> seen = new HashSet<>(earlier);
        return calls.stream()
                .filter(call -> !seen.add(call) && !isConfirmation(call))
                .toList();
    }

    /** Returns the number of edits of roles. */
    long edits() {
        return calls.stream().filter(call -> call.action().equals("UpdateRole")).count();
    }
}
