package dev.irsa.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the programs for integration tests are. Asked of the install script, which builds them when they are absent. */
public final class TestMachine {
    private static final Path SCRIPT = Path.of("src/test/scripts/install-test-machine");

    private TestMachine() {}

    /** The folder with etcd, kube-apiserver, kube-controller-manager and kubectl. */
    public static Path binaries() {
        return Installed.FOLDERS.get(0);
    }

    /** The folder with moto_server. */
    public static Path motoBin() {
        return Installed.FOLDERS.get(1);
    }

    /** The folder with the packages that {@code src/test/node} needs. */
    public static Path nodePackages() {
        return Installed.FOLDERS.get(2);
    }

    /** Runs the script when a test first asks, and once in this JVM. */
    private static final class Installed {
        static final List<Path> FOLDERS = install();

        private static List<Path> install() {
            try {
                var process = new ProcessBuilder(projectFolder().resolve(SCRIPT).toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                var exit = process.waitFor();
                var folders = output.lines().map(Path::of).toList();
                if (exit != 0 || folders.size() != 3) {
                    throw new IllegalStateException(
                            SCRIPT + " ended with " + exit + " and printed '" + output + "'; see its messages above");
                }
                return folders;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot run " + SCRIPT, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + SCRIPT + " ran", e);
            }
        }

        /** Maven starts tests in the project's folder; an editor may start them below it. */
        private static Path projectFolder() {
            for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
                if (Files.exists(folder.resolve(SCRIPT))) {
                    return folder;
                }
            }
            throw new IllegalStateException("run the tests inside the project: there is no " + SCRIPT + " above "
                    + Path.of("").toAbsolutePath());
        }
    }
}
