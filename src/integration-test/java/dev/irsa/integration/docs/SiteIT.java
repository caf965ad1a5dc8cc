package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Reason;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Builds the documentation site and opens its pages. */
class SiteIT {
    @Test
    void opensInABrowser() {
        Tool.SITE.path();
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String repository = "https://git.example.com/irsa-operator";
        String result = new Command(
                        List.of("src/main/scripts/build-site", classpath),
                        Map.of("SOURCE", repository, "VERSION", "1.2.3-SNAPSHOT"))
                .run("")
                .orThrow()
                .stdout();
        System.out.print(result);
        assertThat(result).matches("[0-9]{2,} pages on 3 screens, 0 problems\n");
        assertThat(Path.of("target", "site", "index.html"))
                .content()
                .as("output of the demo")
                .contains("The operator runs in this process")
                .as("links of each page")
                .contains("href=\"" + repository, "irsa-operator 1.2.3-SNAPSHOT, not released", "rel=\"next\"");
        assertThat(Reason.values())
                .allSatisfy(
                        reason -> assertThat(Path.of("target", "site", "docs", "reasons", reason.name(), "index.html"))
                                .exists());
    }
}
