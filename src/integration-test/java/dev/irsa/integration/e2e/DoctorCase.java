package dev.irsa.integration.e2e;

import dev.irsa.kubectl.diagnosis.Cause;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A state of cluster and AWS account.
 *
 * @param cause what is wrong; empty if nothing is
 * @param setUp creates the state
 * @param cleanUp restores what other cases share
 */
record DoctorCase(String name, Optional<Cause> cause, Supplier<Examined> setUp, Runnable cleanUp) {
    /**
     * What the command examines.
     *
     * @param name of a pod, or {@code sa/NAME}
     */
    record Examined(String namespace, String name) {
        static Examined podOf(HandmadeAccount account) {
            return new Examined(account.namespace(), HandmadeAccount.NAME);
        }

        static Examined account(String namespace, String name) {
            return new Examined(namespace, "sa/" + name);
        }
    }

    static DoctorCase healthy(String name, Supplier<Examined> setUp) {
        return new DoctorCase(name, Optional.empty(), setUp, () -> {});
    }

    static DoctorCase of(Cause cause, String name, Supplier<Examined> setUp) {
        return new DoctorCase(name, Optional.of(cause), setUp, () -> {});
    }

    /** Restores what other cases share after the examination. */
    DoctorCase then(Runnable restore) {
        return new DoctorCase(name, cause, setUp, restore);
    }
}
