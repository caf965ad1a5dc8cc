package dev.irsa.integration.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.TestMachine;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Builds the plugin, installs it with krew and by hand, and starts it as kubectl does. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KrewIT {
    private static final String VERSION = "kubectl irsa [0-9]\\S*\n";

    private BuiltPlugin plugin;
    private ControlPlane controlPlane;

    @BeforeAll
    void build(ControlPlane shared) throws IOException {
        controlPlane = shared;
        plugin = BuiltPlugin.build();
    }

    @Test
    void krewInstallsTheArchive(@TempDir Path root) throws IOException {
        Map<String, String> environment = Map.of(
                "KREW_ROOT", Files.createDirectory(root.resolve("krew root")).toString(), "KREW_NO_UPGRADE_CHECK", "1");
        run(
                        environment,
                        Tool.KREW.path().toString(),
                        "install",
                        "--manifest=" + plugin.manifest(),
                        "--archive=" + plugin.archive())
                .orThrow();

        Path programs = root.resolve("krew root").resolve("bin");
        assertThat(kubectl(programs, "irsa", "--version").orThrow().stdout()).matches(VERSION);
        // The manifest advises this.
        Files.createSymbolicLink(programs.resolve("kubectl_complete-irsa"), Path.of("kubectl-irsa"));
        assertThat(kubectl(programs, "__complete", "irsa", "chec").orThrow().stdout())
                .matches("check\t[^\n]*\n:4\n");
    }

    @Test
    void krewDownloadsTheArchive(@TempDir Path folder) throws Exception {
        Path downloads = Files.createDirectory(folder.resolve("downloads"));
        Files.copy(plugin.archive(), downloads.resolve(plugin.archive().getFileName()));
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), downloads, OutputLevel.NONE);
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            String manifest = run(
                            Map.of(),
                            "src/main/scripts/krew-manifest",
                            OperatorJar.version(),
                            address,
                            plugin.archive().toString())
                    .orThrow()
                    .stdout();
            Files.writeString(downloads.resolve("irsa.yaml"), manifest);
            Path home = Files.createDirectory(folder.resolve("home"));
            Shell user = Shell.in(home, controlPlane.kubeconfig())
                    .withProgram("kubectl-krew", List.of(Tool.KREW.path().toString()))
                    .with("KREW_ROOT", home.resolve(".krew").toString())
                    .with("KREW_NO_UPGRADE_CHECK", "1")
                    .with("HOME", home.toString())
                    .with("DOWNLOADS", address)
                    .with("VERSION", OperatorJar.version());
            String path = user.environment().get("PATH");

            GuideRun.of(KrewIT.class, user, guide -> {
                Shell withKrew = user.with("PATH", home.resolve(".krew").resolve("bin") + ":" + path);
                assertThat(guide.run(withKrew, "curl")).endsWith("kubectl irsa " + OperatorJar.version() + "\n");
                Shell withoutKrew = user.with("PATH", home.resolve(".local").resolve("bin") + ":" + path);
                assertThat(guide.run(withoutKrew, "mkdir")).endsWith("kubectl irsa " + OperatorJar.version() + "\n");
            });
        } finally {
            server.stop(0);
        }
    }

    /** A copy has other timestamps, like the files that krew unpacks. */
    @Test
    void usesItsCacheFromACopyOfTheFolder(@TempDir Path elsewhere) throws IOException {
        Path copy = elsewhere.resolve("a copy");
        run(Map.of(), "cp", "-R", plugin.folder().toString(), copy.toString()).orThrow();
        Path link = Files.createSymbolicLink(elsewhere.resolve("kubectl-irsa"), Path.of("a copy", "kubectl-irsa"));

        Command.Result started = run(Map.of("JAVA_TOOL_OPTIONS", "-Dother=1"), link.toString(), "--version");

        assertThat(started.orThrow().stdout()).matches(VERSION);
        assertThat(started.stderr()).isEmpty();
        // Unlike the launcher, this fails if the cache does not fit.
        run(
                        Map.of(),
                        copy.resolve("java/bin/java").toString(),
                        "@" + copy.resolve("app/kubectl-irsa.options"),
                        "-XX:AOTMode=on",
                        "-XX:AOTCache=" + copy.resolve("app/kubectl-irsa.aot"),
                        "-jar",
                        copy.resolve("app/irsa-operator.jar").toString(),
                        "--version")
                .orThrow();
    }

    @Test
    void startsWithoutItsCache(@TempDir Path elsewhere) throws IOException {
        run(Map.of(), "cp", "-R", plugin.folder() + "/.", elsewhere.toString()).orThrow();
        Files.writeString(elsewhere.resolve("app/kubectl-irsa.aot"), "damaged");

        Command.Result started = run(Map.of(), elsewhere.resolve("kubectl-irsa").toString(), "--version");

        assertThat(started.orThrow().stdout()).matches(VERSION);
        assertThat(started.stderr()).isEmpty();
    }

    @Test
    void returnsTheExitCodeThroughKubectl() {
        Command.Result refused = kubectl(plugin.folder(), "irsa", "policy", "--no-such");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stdout()).isEmpty();
        assertThat(refused.stderr().lines()).isNotEmpty().allMatch(line -> line.startsWith("kubectl irsa: "));
    }

    /** The launcher reports which of its streams are terminals. */
    @Test
    void colorsOnlyWhatATerminalShows() {
        String get = plugin.folder().resolve("kubectl-irsa") + " get --no-aws";

        assertThat(onTerminal(get)).contains("\u001b[Kreading the cluster ...");
        assertThat(onTerminal("NO_COLOR=1 " + get)).contains("\u001b[Kreading the cluster ...");
        assertThat(onTerminal(get + " 2>/dev/null")).doesNotContain("\u001b");
    }

    private String onTerminal(String command) {
        Map<String, String> environment =
                new HashMap<>(environment(plugin.folder().toString()));
        environment.put("TERM", "xterm");
        return run(environment, "script", "--quiet", "--command", command, "/dev/null")
                .orThrow()
                .stdout();
    }

    @Test
    void kubectlCompletesCommandsAndNamesOfTheCluster() {
        assertThat(kubectl(plugin.folder(), "__complete", "irsa", "poli")
                        .orThrow()
                        .stdout())
                .matches("policy\t[^\n]*\n:4\n");
        assertThat(kubectl(plugin.folder(), "__complete", "irsa", "check", "--namespace", "kube-s")
                        .orThrow()
                        .stdout())
                .isEqualTo("kube-system\n:4\n");
    }

    @Test
    void bashCompletesCommandsFlagsAndNames() {
        assertThat(complete("bash", "kubectl irsa ")).contains("doctor\n", "explain\n", "get\n", "plan\n");
        assertThat(complete("bash", "kubectl irsa get --all-n")).isEqualTo("--all-namespaces\n");
        assertThat(complete("bash", "kubectl irsa get --output=j")).isEqualTo("json\n");
        assertThat(complete("bash", "kubectl irsa get -n kube-s")).isEqualTo("kube-system\n");
        assertThat(complete("bash", "kubectl irsa doctor -n kube-system sa/def"))
                .isEqualTo("sa/default\n");
    }

    @Test
    void zshCompletesCommandsFlagsAndNames() {
        assertThat(complete("zsh", "kubectl irsa expl")).isEqualTo("kubectl irsa explain \n");
        assertThat(complete("zsh", "kubectl irsa get --all-n")).isEqualTo("kubectl irsa get --all-namespaces \n");
        assertThat(complete("zsh", "kubectl irsa get -n kube-s")).isEqualTo("kubectl irsa get -n kube-system \n");
    }

    private String complete(String shell, String line) {
        Path script = Path.of("src", "integration-test", "resources", "completion", "complete." + shell);
        return run(
                        environment(plugin.folder() + ":" + TestMachine.binaries()),
                        "timeout",
                        "60",
                        shell,
                        script.toString(),
                        line)
                .orThrow()
                .stdout();
    }

    private Map<String, String> environment(String programs) {
        return Map.of(
                "KUBECONFIG", controlPlane.kubeconfig().toString(), "PATH", programs + ":" + System.getenv("PATH"));
    }

    private Command.Result kubectl(Path programs, String... arguments) {
        return run(
                environment(programs.toString()),
                Stream.concat(
                                Stream.of(TestMachine.binaries()
                                        .resolve("kubectl")
                                        .toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Command.Result run(Map<String, String> environment, String... words) {
        return new Command(List.of(words), environment).run("");
    }
}
