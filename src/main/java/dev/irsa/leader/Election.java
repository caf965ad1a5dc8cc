package dev.irsa.leader;

import dev.irsa.port.CallInterceptor;
import java.util.Optional;

/** Decides which of several replicas works. */
public interface Election extends AutoCloseable {
    /** No election: this is the only replica, and it works. */
    Election NONE = new Election() {
        @Override
        public CallInterceptor fence() {
            return CallInterceptor.NONE;
        }

        @Override
        public void start(Work work) throws InterruptedException {
            work.begin();
        }

        @Override
        public boolean leads() {
            return true;
        }

        @Override
        public boolean standsBy() {
            return false;
        }

        @Override
        public Optional<String> deadBecause() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    /** The work that only the leader does. */
    @FunctionalInterface
    interface Work {
        /** Starts the work and returns. */
        void begin() throws InterruptedException;
    }

    /** Returns the interceptor that lets calls pass only while this replica leads. */
    CallInterceptor fence();

    /** Takes part in the election, and starts the work as soon as this replica leads. */
    void start(Work work) throws InterruptedException;

    /** Returns whether this replica leads. */
    boolean leads();

    /** Returns whether this replica is on standby. */
    boolean standsBy();

    /** Returns why this replica can never lead again; empty if it leads or is on standby. */
    Optional<String> deadBecause();

    /** Gives up leadership so that another replica can lead. */
    @Override
    void close();
}
