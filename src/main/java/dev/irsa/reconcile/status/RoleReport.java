package dev.irsa.reconcile.status;

import dev.irsa.core.observed.RoleState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was observed of the role of a resource.
 *
 * @param state the role after the reconcile, if it is the resource's
 * @param absent whether IAM was asked and has no such role
 * @param offered whether the role is offered for adoption and was not the resource's before this reconcile
 * @param drift whether another client has changed the role
 * @param remarks what users should know although nothing failed. Each is also an event
 * @param boundaryWarning what the permissions boundary of the role does not allow although its policies do
 */
public record RoleReport(
        Optional<RoleState> state,
        boolean absent,
        boolean offered,
        Drift drift,
        List<String> remarks,
        Optional<String> boundaryWarning) {
    static final RoleReport NONE = new RoleReport(Optional.empty(), false, false, Drift.POSSIBLE, List.of());

    /** Creates the report of a role whose boundary is not compared yet. */
    public RoleReport(Optional<RoleState> state, boolean absent, boolean offered, Drift drift, List<String> remarks) {
        this(state, absent, offered, drift, remarks, Optional.empty());
    }

    public RoleReport {
        remarks = List.copyOf(remarks);
    }

    /** Returns this report with this warning. */
    public RoleReport withBoundaryWarning(Optional<String> warning) {
        return new RoleReport(state, absent, offered, drift, remarks, warning);
    }

    /** Returns what the message of the resource says about the role. */
    public List<String> sentences() {
        return Stream.concat(remarks.stream(), boundaryWarning.stream()).toList();
    }

    /** Returns this report of a role that is now in this state. */
    public RoleReport withState(Optional<RoleState> changed) {
        return new RoleReport(changed, absent && changed.isEmpty(), offered, drift, remarks, boundaryWarning);
    }
}
