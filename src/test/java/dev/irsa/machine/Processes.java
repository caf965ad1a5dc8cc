package dev.irsa.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts programs that write to a log file and that never outlive this JVM, however its tests end. */
public final class Processes {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int LOWEST_PORT = 10_000;
    private static final int PORTS = 20_000;
    /** As many at most run at a time. */
    private static final int FORKS = 4;

    private static final int FORK = Integer.getInteger("surefire.forkNumber", 0);
    /** From anywhere, as another checkout may be tested beside this one. */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

    private Processes() {}

    /**
     * A program that was started here. Closing it asks it to end, and kills it when it has not after five seconds.
     *
     * @param name how messages call it
     * @param process the program itself
     * @param log the file that holds its output
     */
    public record Running(String name, Process process, Path log) implements AutoCloseable {

        /** For waiting until it answers: fails at once, with the end of its log, when it has died instead. */
        public void assertAlive() {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        name + " ended with " + process.exitValue() + "; the end of " + log + ":\n" + endOfLog());
            }
        }

        /** Ends it as a crash would, without a chance to tidy up. */
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            await(process, GRACE);
            Guard.forget(process);
        }

        /** Sends a signal that Java has no word for, such as {@code STOP}. */
        public void signal(String signal) {
            try {
                var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
                if (!await(kill, GRACE) || kill.exitValue() != 0) {
                    throw new IllegalStateException("cannot send " + signal + " to " + name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot send " + signal + " to " + name, e);
            }
        }

        @Override
        public void close() {
            stop(process);
            Guard.forget(process);
        }

        /** The last 30 lines of its output. */
        public String endOfLog() {
            try {
                var lines = Files.readAllLines(log);
                return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
            } catch (IOException e) {
                return "(unreadable: " + e + ")";
            }
        }
    }

    /** Starts a program; its output, both streams, replaces what the log file held. */
    public static Running start(String name, List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return start(name, builder, log);
    }

    /** The same for a program that was prepared with more than that. */
    public static Running start(String name, ProcessBuilder builder, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            var process = builder.start();
            process.getOutputStream().close();
            Guard.watch(process);
            return new Running(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + builder.command(), e);
        }
    }

    /**
     * A port of the loopback address that nobody listened on a moment ago, and that nobody will be given meanwhile: it is
     * not of those that the kernel gives to whoever connects, nor of another fork's, nor one that was given here before.
     */
    public static int freePort() {
        while (true) {
            int port = LOWEST_PORT + Math.floorMod(FORKS * NEXT_PORT.getAndIncrement() + FORK, PORTS);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Taken: the next one.
            } catch (IOException e) {
                throw new UncheckedIOException("no free port", e);
            }
        }
    }

    private static void stop(Process process) {
        var descendants = process.descendants().toList();
        process.destroy();
        if (!await(process, GRACE)) {
            process.destroyForcibly();
            await(process, GRACE);
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean await(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
