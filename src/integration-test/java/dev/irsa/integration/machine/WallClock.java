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
 * The time of day of one process, which a test may change while the process runs. Monotonic clocks are not affected, as
 * on a real machine.
 *
 * @param ahead a file with the offset in seconds, which the process maps into memory
 */
public record WallClock(Path ahead) {
    private static final class Installed {
        static final Path LIBRARY = InstallScript.run("install-wall-clock").getFirst();
    }

    /** Creates a clock without an offset. */
    public static WallClock withoutOffset() {
        try {
            var folder = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            var clock = new WallClock(Files.createTempFile(folder, "clock-", ".ahead"));
            clock.jump(Duration.ZERO);
            return clock;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the file of a clock", e);
        }
    }

    /** Makes the operator use this clock. */
    public OperatorLaunch usedBy(OperatorLaunch launch) {
        return launch.withEnvironment("LD_PRELOAD", Installed.LIBRARY.toString())
                .withEnvironment("WALL_CLOCK", ahead.toString());
    }

    /** Sets the offset. A negative one sets the clock back. */
    public void jump(Duration by) {
        try {
            var seconds = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putInt(Math.toIntExact(by.toSeconds()))
                    .flip();
            // Write in place: the process has mapped the file.
            try (var file = FileChannel.open(ahead, StandardOpenOption.WRITE)) {
                file.write(seconds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the clock", e);
        }
    }
}
