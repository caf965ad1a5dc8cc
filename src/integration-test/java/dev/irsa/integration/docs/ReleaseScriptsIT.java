package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of a release that need no image: those for its notes, and for its page on GitHub. */
class ReleaseScriptsIT {
    private static final String CHANGELOG = """
            # Changelog

            ## [Unreleased]

            ## [1.2.3] - 2026-11-28

            - A [guide](docs/guide.md#first), [another](https://example.com/guide), and [this](#changelog).

            ## [1.2.2] - 2026-11-27

            - A fix.
            """;

    @TempDir
    private Path folder;

    @Test
    void notesAreTheSectionOfTheVersion() throws IOException {
        assertThat(notes("1.2.3").orThrow().stdout())
                .contains("[guide]")
                .doesNotContain("## [")
                .doesNotContain("A fix.");
    }

    /** After a release, its commit and the main branch still have the version of a snapshot in pom.xml. */
    @Test
    void onlySnapshotMayHaveNoChanges() throws IOException {
        assertThat(notes("1.3.0-SNAPSHOT").orThrow().stdout()).isEqualTo("No changes since the last release.\n");
        assertThat(notes("1.3.0").stderr()).contains("has no changes below the heading \"## [1.3.0]\"; add them");
    }

    @Test
    void pageOnGitHubHasTheSignedFilesAndLinksToTheTag() throws IOException {
        Path release = Files.createDirectory(folder.resolve("release"));
        Files.writeString(
                release.resolve("release-notes.md"), notes("1.2.3").orThrow().stdout());
        Files.writeString(release.resolve("irsa-operator-1.2.3.tgz"), "chart");
        assertThat(createPage("1.2.3", "").stderr()).contains("has no signed version 1.2.3");
        Files.writeString(release.resolve("SHA256SUMS.sigstore.json"), "signature");

        assertThat(createPage("1.2.3", "").orThrow().stdout())
                .contains("release create v1.2.3 --verify-tag --title 1.2.3 --notes-file", "/irsa-operator-1.2.3.tgz")
                .doesNotContain("--prerelease")
                .contains("[guide](https://github.com/acme/irsa/blob/v1.2.3/docs/guide.md#first)")
                .contains("[another](https://example.com/guide)", "[this](#changelog)");
    }

    @Test
    void pageOnGitHubIsNotReplaced() throws IOException {
        Path release = Files.createDirectory(folder.resolve("release"));
        Files.writeString(release.resolve("irsa-operator-1.2.3.tgz"), "chart");
        Files.writeString(release.resolve("SHA256SUMS.sigstore.json"), "signature");

        Command.Result again = createPage("1.2.3", "false").orThrow();
        Command.Result interrupted = createPage("1.2.3", "true");

        assertThat(again.stdout()).isEmpty();
        assertThat(again.stderr()).contains("v1.2.3 exists already, and is not changed");
        assertThat(interrupted.exitCode()).isEqualTo(1);
        assertThat(interrupted.stderr()).contains("gh release delete v1.2.3");
    }

    private Command.Result notes(String version) throws IOException {
        Path changelog = Files.writeString(folder.resolve("CHANGELOG.md"), CHANGELOG);
        return run(Map.of(), "src/main/scripts/release-notes", version, changelog.toString());
    }

    /**
     * Runs the script with a program in place of {@code gh} that prints its arguments and the notes.
     *
     * @param draft whether the release of the version is a draft; empty if there is none
     */
    private Command.Result createPage(String version, String draft) throws IOException {
        Path gh = Files.createDirectories(folder.resolve("bin")).resolve("gh");
        Files.writeString(gh, """
                #!/usr/bin/env bash
                if [ "$2" = view ]; then
                  echo "$DRAFT"
                  [ -n "$DRAFT" ]
                  exit
                fi
                echo "$*"
                while [ "$1" != --notes-file ]; do shift; done
                cat "$2"
                """);
        gh.toFile().setExecutable(true);
        return run(
                Map.of(
                        "DRAFT",
                        draft,
                        "PATH",
                        gh.getParent() + ":" + System.getenv("PATH"),
                        "GITHUB_SERVER_URL",
                        "https://github.com",
                        "GITHUB_REPOSITORY",
                        "acme/irsa"),
                "src/main/scripts/create-github-release",
                version,
                folder.toString());
    }

    private static Command.Result run(Map<String, String> environment, String... words) {
        return new Command(List.of(words), environment).run("");
    }
}
