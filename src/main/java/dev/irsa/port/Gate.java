package dev.irsa.port;

import java.util.function.Supplier;

/**
 * The one point that every call to the outside passes, where it can be limited, counted, delayed, failed or cut
 * off. A gate may be entered by many threads at once and holds no lock while a call runs.
 */
@FunctionalInterface
public interface Gate {
    /** Lets everything through. */
    Gate OPEN = new Gate() {
        @Override
        public <T> T pass(OutsideCall call, Supplier<T> work) {
            return work.get();
        }
    };

    /** Runs the call, or does not. */
    <T> T pass(OutsideCall call, Supplier<T> work);

    /** Runs a call that answers nothing. */
    default void pass(OutsideCall call, Runnable work) {
        pass(call, () -> {
            work.run();
            return call;
        });
    }

    /** A gate behind this one: a call passes this first. */
    default Gate then(Gate next) {
        Gate first = this;
        return new Gate() {
            @Override
            public <T> T pass(OutsideCall call, Supplier<T> work) {
                return first.pass(call, () -> next.pass(call, work));
            }
        };
    }

    /**
     * A call to the outside.
     *
     * @param action the right it needs: {@code iam:CreateRole}, {@code create serviceaccounts}
     * @param subject the name of what it is about
     */
    record OutsideCall(String action, String subject) {
        @Override
        public String toString() {
            return subject.isEmpty() ? action : action + " " + subject;
        }
    }
}
