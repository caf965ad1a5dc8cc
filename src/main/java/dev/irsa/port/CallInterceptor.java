package dev.irsa.port;

import java.util.function.Supplier;

/**
 * Intercepts every call to AWS and to the API server. An implementation can limit, count, delay, fail or drop calls. It
 * is thread-safe and holds no lock while a call runs.
 */
@FunctionalInterface
public interface CallInterceptor {
    /** Runs every call without a limit. */
    CallInterceptor NONE = new CallInterceptor() {
        @Override
        public <T> T intercept(ExternalCall call, Supplier<T> work) {
            return work.get();
        }
    };

    /**
     * Runs the call and returns its result, or throws instead of running it.
     *
     * @param call describes the call, for limits, metrics and error messages
     * @param work makes the call
     */
    <T> T intercept(ExternalCall call, Supplier<T> work);

    /** Runs a call that returns nothing. */
    default void intercept(ExternalCall call, Runnable work) {
        intercept(call, () -> {
            work.run();
            return call;
        });
    }

    /** Returns an interceptor that passes each call through this one first and then through the next one. */
    default CallInterceptor then(CallInterceptor next) {
        CallInterceptor first = this;
        return new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                return first.intercept(call, () -> next.intercept(call, work));
            }
        };
    }

    /**
     * A call to AWS or to the API server.
     *
     * @param action the permission that it needs, such as {@code iam:CreateRole} or {@code create serviceaccounts}
     * @param subject the name of what the call concerns; empty when it concerns nothing in particular
     */
    record ExternalCall(String action, String subject) {
        @Override
        public String toString() {
            return subject.isEmpty() ? action : action + " " + subject;
        }
    }
}
