package dev.irsa.integration.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.report.GrantedRole;
import dev.irsa.fixtures.report.SampleAccess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Tool;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.InCluster;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.report.AccessReport;
import dev.irsa.kubectl.report.ReportBuilder;
import dev.irsa.kubectl.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Opens pages of {@code kubectl irsa report} in a browser. They stay in target/report, with a picture of each; docs/pictures has two of them. */
class ReportPageIT {
    private static final Path FOLDER = Path.of("target", "report");
    private static final String HOSTILE =
            "</script><img src=x onerror=ran=1><script>ran=1</script><!-- \u2028 {{DATA}} $1 &amp;";

    @Test
    void opensInABrowser() throws IOException {
        Files.createDirectories(FOLDER);
        for (int roles : List.of(3, 12, 200, 2000)) {
            write("roles-" + roles, SampleAccess.report(roles));
        }
        write("hostile", hostile());
        write("clusters", clusters());
        Path script = Files.writeString(
                FOLDER.resolve("report.mjs"), Files.readString(Path.of("src/integration-test/node/report.js")));
        Path modules = FOLDER.resolve("node_modules");
        Files.deleteIfExists(modules);
        Files.createSymbolicLink(modules, Tool.SITE.path().resolve("browser").resolve("node_modules"));

        String figures = new Command(
                        List.of(
                                "node",
                                script.toString(),
                                FOLDER.toString(),
                                Tool.CHROMIUM.path().toString()),
                        Map.of())
                .run("")
                .orThrow()
                .stdout();

        System.out.print(figures);
        assertThat(figures.lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).matches("[0-9]+ roles: .* ms"));
    }

    private static void write(String name, AccessReport report) throws IOException {
        Files.writeString(FOLDER.resolve(name + ".html"), ReportFormat.html.format(report, Documentation.HOME));
    }

    /** Both clusters have ServiceAccounts of the same names. */
    private static AccessReport clusters() {
        return AccessReport.of(new ClusterResults<>(
                List.of(
                        new InCluster<>("staging", SampleAccess.report(6)),
                        new InCluster<>("production", SampleAccess.report(4))),
                List.of(new NotRead("test", "", "the API server does not answer"))));
    }

    private static AccessReport hostile() {
        GrantedRole role = GrantedRole.trusting("shop", "cart")
                .inline(HOSTILE, GrantedRole.allow("s3:PutObject", "*"))
                .tag(HOSTILE, HOSTILE);
        return new ReportBuilder(SampleAccess.sources(List.of(role.grant("shop", "cart"))), GrantedRole.NOW).report();
    }
}
