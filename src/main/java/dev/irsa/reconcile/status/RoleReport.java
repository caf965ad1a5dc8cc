package dev.irsa.reconcile.status;

import dev.irsa.core.observed.RoleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was observed of the role of a resource.
 *
 * @param state the role after the reconcile, if it is the resource's
 * @param absent whether IAM was asked and has no such role
 * @param offered whether the role is offered for adoption and was not the resource's before this reconcile
 * @param drifted whether a sweep had found the role to differ from the spec
 * @param remarks what users should know although nothing failed
 */
public record RoleReport(
        Optional<RoleState> state, boolean absent, boolean offered, boolean drifted, List<String> remarks) {
    static final RoleReport NONE = new RoleReport(Optional.empty(), false, false, false, List.of());

    public RoleReport {
        remarks = List.copyOf(remarks);
    }

    /** Returns this report with another remark. */
    public RoleReport remarking(String remark) {
        List<String> all = new ArrayList<>(remarks);
        all.add(remark);
        return new RoleReport(state, absent, offered, drifted, all);
    }

    /** Returns this report of a role that is now in this state. */
    public RoleReport withState(Optional<RoleState> changed) {
        return new RoleReport(changed, absent && changed.isEmpty(), offered, drifted, remarks);
    }
}
