package dev.irsa.runtime;

import dev.irsa.leader.Election;
import java.util.Optional;

/** Combines the health of the operator with that of its leader election. */
public record ReplicaHealth(OperatorRuntime runtime, Election election) {
    /** Returns why the process must be restarted; empty if it is healthy. */
    public Optional<String> deadBecause() {
        return election.deadBecause().or(runtime::deadBecause);
    }

    /** Returns why the operator is not ready; empty if it is ready or on standby. */
    public Optional<String> unreadyBecause() {
        return election.standsBy() ? Optional.empty() : runtime.unreadyBecause();
    }
}
