package dev.irsa.reconcile;

import dev.irsa.observed.RoleState;
import dev.irsa.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one reconcile has found and done so far, kept also when it then fails. */
final class Progress {
    private final List<Change> done = new ArrayList<>();
    private List<String> pending = List.of();
    private List<String> remarks = List.of();
    private boolean foundNoRole;
    private boolean drifted;
    private Optional<RoleState> role = Optional.empty();

    void done(Change change) {
        done.add(change);
    }

    void role(Optional<RoleState> state) {
        role = state;
    }

    /** IAM has answered that there is no such role. */
    void foundNoRole(boolean none) {
        foundNoRole = none;
    }

    boolean foundNoRole() {
        return foundNoRole;
    }

    /** A sweep has found the role to be other than it should be. */
    void drifted(boolean found) {
        drifted = found;
    }

    boolean drifted() {
        return drifted;
    }

    void pending(List<String> changes) {
        pending = List.copyOf(changes);
    }

    void leftInPlace(Set<String> policies) {
        if (!policies.isEmpty()) {
            remarks = List.of("left in place, as they only deny: " + String.join(", ", policies));
        }
    }

    List<Change> done() {
        return List.copyOf(done);
    }

    List<String> pending() {
        return pending;
    }

    List<String> remarks() {
        return remarks;
    }

    Optional<RoleState> role() {
        return role;
    }
}
