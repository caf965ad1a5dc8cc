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
        return calls.stream().filter(call -> !isExpected(call)).toList();
    }

    private static boolean isExpected(AwsCall call) {
        String resource = call.roleName().orElse("").replace(UpgradeMachine.role(""), "");
        return (resource.startsWith(Workload.SHORT_LIVED) && LIFE.contains(call.action()))
                || (resource.startsWith(Workload.EDITED) && call.action().equals("UpdateRole"));
    }

    /** Returns the writes that were made before with the same parameters. No two changes of the users are the same. */
    List<AwsCall> repeated() {
        Set<AwsCall> seen = new HashSet<>(earlier);
        return calls.stream().filter(call -> !seen.add(call)).toList();
    }

    /** Returns the number of edits of roles. */
    long edits() {
        return calls.stream().filter(call -> call.action().equals("UpdateRole")).count();
    }
}
