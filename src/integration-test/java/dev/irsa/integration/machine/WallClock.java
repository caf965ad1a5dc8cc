package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The time of day as one process sees it; somebody may set it while the process runs. What measures how much time has
 * passed goes on as before, as it does on a real machine.
 *
 * @param ahead a file with the seconds, which the process looks at each time
 */
public record WallClock(Path ahead) {
    private static final class Installed {
        static final Path LIBRARY = InstallScript.run("install-wall-clock").getFirst();
    }

    /** One that is right. */
    public static WallClock right() {
        try {
            var folder = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            var clock = new WallClock(Files.createTempFile(folder, "clock-", ".ahead"));
            clock.jump(Duration.ZERO);
            return clock;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the file of a clock", e);
        }
    }

    /** The operator that looks at this clock. */
    public OperatorLaunch seenBy(OperatorLaunch launch) {
        return launch.withEnvironment("LD_PRELOAD", Installed.LIBRARY.toString())
                .withEnvironment("WALL_CLOCK", ahead.toString());
    }

    /** From now on it is ahead of the right time by so much, or behind. */
    public void jump(Duration by) {
        try {
            var seconds = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putInt(Math.toIntExact(by.toSeconds()))
                    .flip();
            // In place, as the process has it in its memory.
            try (var file = FileChannel.open(ahead, StandardOpenOption.WRITE)) {
                file.write(seconds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the clock", e);
        }
    }
}
