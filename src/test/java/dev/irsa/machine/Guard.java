package dev.irsa.machine;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A shell that kills what this JVM has started once the JVM is gone. A shutdown hook would do for most ends, but not
 * for SIGKILL: the end that a JVM without memory or a build over its time gets.
 */
final class Guard {
    /** It reads {@code + pid} and {@code - pid}; the input ends when the JVM does. Ctrl-C must not end it first. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            guarded=' '
            while read -r sign pid; do
              rest=${guarded%%" $pid "*}
              [ "$rest" = "$guarded" ] || guarded="$rest ${guarded#*" $pid "}"
              [ "$sign" = - ] || guarded="$guarded$pid "
            done
            [ -z "${guarded// /}" ] || kill -9 $guarded
            """;

    private final BufferedWriter orders;

    private Guard(BufferedWriter orders) {
        this.orders = orders;
    }

    static void watch(Process process) {
        OfThisJvm.GUARD.order("+ " + process.pid());
    }

    /** A number that is free may be given to somebody else's process. */
    static void forget(Process process) {
        OfThisJvm.GUARD.order("- " + process.pid());
    }

    private synchronized void order(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of the started processes is gone", e);
        }
    }

    /** Started with the first process. */
    private static final class OfThisJvm {
        static final Guard GUARD = start();

        private static Guard start() {
            try {
                var shell = new ProcessBuilder("bash", "-c", SCRIPT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return new Guard(shell.outputWriter());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot guard processes", e);
            }
        }
    }
}
