package dev.irsa.kubectl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.kubectl.report.AccessReport;
import dev.irsa.kubectl.report.ReportFormat;
import dev.irsa.runtime.StartFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the files of reports. */
final class ReportFiles {
    /** Another version of the program may write more. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ReportFiles() {}

    /**
     * Reads a report in JSON.
     *
     * @throws StartFailure if it cannot be read
     */
    static AccessReport read(Path file) throws StartFailure {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw notReport(file);
        } catch (IOException e) {
            throw problem("--compare " + file + " cannot be read: " + cause(e));
        }
        return parse(text).orElseThrow(() -> notReport(file));
    }

    private static StartFailure notReport(Path file) {
        return problem("--compare " + file
                + " is not a report in JSON; name a file that kubectl irsa report -o FILE.json wrote");
    }

    private static Optional<AccessReport> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, AccessReport.class))
                    .filter(report -> AccessReport.KIND.equals(report.kind()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns whether both paths name the same file, which exists. */
    static boolean isSame(Path path, @Nullable Path earlier) {
        try {
            return earlier != null && Files.exists(path) && Files.isSameFile(path, earlier);
        } catch (IOException e) {
            // A file that cannot be compared is not replaced.
            return true;
        }
    }

    /**
     * Checks that writing a report loses nothing but an earlier one.
     *
     * @throws StartFailure if the file is of another kind
     */
    static void requireReplaceable(Path file, ReportFormat format) throws StartFailure {
        if (!Files.exists(file)) {
            return;
        }
        if (!Files.isRegularFile(file)) {
            throw notReplaceable(file);
        }
        int longest = format.heads().stream().mapToInt(String::length).max().orElse(0);
        try (var content = Files.newInputStream(file)) {
            String begin = new String(content.readNBytes(longest), StandardCharsets.ISO_8859_1);
            if (!begin.isEmpty() && format.heads().stream().noneMatch(begin::startsWith)) {
                throw notReplaceable(file);
            }
        } catch (IOException e) {
            throw problem("--output " + file + " cannot be read: " + cause(e));
        }
    }

    private static StartFailure notReplaceable(Path file) {
        return problem("--output " + file + " exists and is not a report; name another file, so that nothing is lost");
    }

    /**
     * Writes a report, which has sensitive details of a cluster, for the user alone. A reader never sees half of it, and a failure leaves an earlier
     * report as it was.
     *
     * @throws StartFailure if it cannot be written
     */
    static void write(Path file, String report) throws StartFailure {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            // A temporary file has the mode 0600.
            Path complete = Files.createTempFile(target.getParent(), ".report-", ".tmp");
            try {
                Files.writeString(complete, report);
                Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(complete);
            }
        } catch (IOException e) {
            throw problem("--output " + file + " cannot be written: " + cause(e));
        }
    }

    private static StartFailure problem(String problem) {
        return new StartFailure(StartFailure.CONFIGURATION, problem);
    }

    /** The message of such an exception may be only a path. */
    private static String cause(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? e.getClass().getSimpleName() + ": " + file.getFile()
                : String.valueOf(e.getMessage());
    }
}
