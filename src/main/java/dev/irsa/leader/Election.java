package dev.irsa.leader;

import dev.irsa.port.Gate;
import java.util.Optional;

/** Which of several replicas works. */
public interface Election extends AutoCloseable {
    /** There is one replica, and it works. */
    Election NONE = new Election() {
        @Override
        public Gate fence() {
            return Gate.OPEN;
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

    /** What only one replica does. */
    @FunctionalInterface
    interface Work {
        /** Begins it, and returns. */
        void begin() throws InterruptedException;
    }

    /** Lets calls through while this replica leads, and only then. */
    Gate fence();

    /** Has the work begun as soon as this replica leads. */
    void start(Work work) throws InterruptedException;

    /** Whether this replica works. */
    boolean leads();

    /** Whether it waits for its turn. */
    boolean standsBy();

    /** Why it will never work again; empty: it does, or waits for its turn. */
    Optional<String> deadBecause();

    /** Hands over to another. */
    @Override
    void close();
}
