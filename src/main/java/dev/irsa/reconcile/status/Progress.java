package dev.irsa.reconcile.status;

import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one reconcile has found and done so far, kept also when it then fails. */
public final class Progress {
    private final List<Change> done = new ArrayList<>();
    private List<String> pending = List.of();
    private List<String> remarks = List.of();
    private boolean foundNoRole;
    private boolean drifted;
    private Optional<RoleState> role = Optional.empty();

    public void done(Change change) {
        done.add(change);
    }

    public void role(Optional<RoleState> state) {
        role = state;
    }

    /** IAM has answered that there is no such role. */
    public void foundNoRole(boolean none) {
        foundNoRole = none;
    }

    public boolean foundNoRole() {
        return foundNoRole;
    }

    /** A sweep has found the role to be other than it should be. */
    public void drifted(boolean found) {
        drifted = found;
    }

    boolean drifted() {
        return drifted;
    }

    public void pending(List<String> changes) {
        pending = List.copyOf(changes);
    }

    public void leftInPlace(Set<String> policies) {
        if (!policies.isEmpty()) {
            remarks = List.of("left in place, as they only deny: " + String.join(", ", policies));
        }
    }

    public List<Change> done() {
        return List.copyOf(done);
    }

    public List<String> pending() {
        return pending;
    }

    List<String> remarks() {
        return remarks;
    }

    public Optional<RoleState> role() {
        return role;
    }
}
