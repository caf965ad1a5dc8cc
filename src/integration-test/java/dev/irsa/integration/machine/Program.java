package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that can be restarted with the same command line. Each start has its own log. */
final class Program implements AutoCloseable {
    private final String name;
    private final List<String> command;
    private final Path folder;
    private Optional<Processes.Running> running = Optional.empty();
    private int starts;

    Program(String name, List<String> command, Path folder) {
        this.name = name;
        this.command = List.copyOf(command);
        this.folder = folder;
    }

    void start() {
        starts++;
        var log = folder.resolve(starts == 1 ? name + ".log" : name + "-" + starts + ".log");
        running = Optional.of(Processes.start(name, command, Map.of(), log));
    }

    /** Kills the program, as a crash does. Its connections are not closed in order. */
    void kill() {
        running.ifPresent(Processes.Running::kill);
        running = Optional.empty();
    }

    Processes.Running running() {
        return running.orElseThrow(() -> new IllegalStateException(name + " is not running"));
    }

    /** Kills the program. Nothing below {@code target/machine} needs an orderly shutdown. */
    @Override
    public void close() {
        kill();
    }
}
