package dev.irsa.runtime;

import dev.irsa.leader.Election;
import java.util.Optional;

/** What the health endpoints say of an operator that is one of several replicas. */
public record ReplicaHealth(OperatorRuntime runtime, Election election) {
    /** Why the process should be restarted; empty: it should not. */
    public Optional<String> deadBecause() {
        return election.deadBecause().or(runtime::deadBecause);
    }

    /** Why it cannot work; empty: it can, or need not. */
    public Optional<String> unreadyBecause() {
        return election.standsBy() ? Optional.empty() : runtime.unreadyBecause();
    }
}
