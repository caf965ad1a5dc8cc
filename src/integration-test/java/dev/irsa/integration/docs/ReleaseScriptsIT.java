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
    void pageOnGitHubHasTheSignedFilesAndLinksToTheCommit() throws IOException {
        Path release = Files.createDirectory(folder.resolve("release"));
        Files.writeString(
                release.resolve("release-notes.md"), notes("1.2.3").orThrow().stdout());
        Files.writeString(release.resolve("irsa-operator-1.2.3.tgz"), "chart");
        assertThat(createPage("1.2.3", "").stderr()).contains("has no signed version 1.2.3");
        Files.writeString(release.resolve("SHA256SUMS.sigstore.json"), "signature");

        assertThat(createPage("1.2.3", "").orThrow().stdout())
                .contains("release create v1.2.3 --verify-tag --title 1.2.3 --notes-file", "/irsa-operator-1.2.3.tgz")
                .doesNotContain("--prerelease")
                .contains("[guide](https://github.com/acme/irsa/blob/" + commit() + "/docs/guide.md#first)")
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

    /** A tag can be moved while its release is built. */
    @Test
    void pageOnGitHubIsOnlyForTheCommitThatWasBuilt() throws IOException {
        Path release = Files.createDirectory(folder.resolve("release"));
        Files.writeString(release.resolve("irsa-operator-1.2.3.tgz"), "chart");
        Files.writeString(release.resolve("SHA256SUMS.sigstore.json"), "signature");

        Command.Result moved = createPage("1.2.3", "", "0".repeat(40));

        assertThat(moved.exitCode()).isEqualTo(1);
        assertThat(moved.stderr()).contains("the tag v1.2.3 is now at 000", "was built from " + commit());
        assertThat(moved.stdout()).isEmpty();
    }

    @Test
    void inputsAreTheCommitAndTheDigestsOfTheBaseImages() throws IOException {
        Path crane = script("crane", "echo sha256:$(printf '%s' \"$2\" | sha256sum | cut -c1-64)");
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), """
                ARG BUILD_IMAGE=localhost:5000/jdk:25
                ARG RUN_IMAGE=registry.example.com/base@sha256:%s
                FROM ${RUN_IMAGE}
                ARG RUN_IMAGE
                """.formatted("1".repeat(64)));
        Path output = folder.resolve("output");

        String printed = run(
                        Map.of("CRANE", crane.toString(), "GITHUB_OUTPUT", output.toString()),
                        "src/main/scripts/release-inputs",
                        dockerfile.toString())
                .orThrow()
                .stdout();

        assertThat(printed)
                .startsWith("commit=" + commit() + "\nbuild-image=localhost:5000/jdk@sha256:")
                .endsWith("\nrun-image=registry.example.com/base@sha256:" + "1".repeat(64) + "\n");
        assertThat(output).hasContent(printed);
    }

    @Test
    void inputsNeedEachDigest() throws IOException {
        Path crane = script("crane", "echo unreachable >&2; exit 1");

        Command.Result result = run(Map.of("CRANE", crane.toString()), "src/main/scripts/release-inputs");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains("cannot find the digest of docker.io/library/eclipse-temurin:25-jdk");
        assertThat(result.stdout()).isEmpty();
    }

    private static String commit() {
        return run(Map.of(), "git", "rev-parse", "HEAD").orThrow().stdout().strip();
    }

    /** Returns a program with these lines. */
    private Path script(String name, String lines) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\n" + lines);
        file.toFile().setExecutable(true);
        return file;
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
        return createPage(version, draft, commit());
    }

    /** Runs the script in the same way, with the tag at this commit. */
    private Command.Result createPage(String version, String draft, String tagged) throws IOException {
        Path gh = script("gh", """
                if [ "$1 $2" = "api repos/acme/irsa/commits/tags/v1.2.3" ]; then
                  echo "$TAGGED"
                  exit
                fi
                if [ "$2" = view ]; then
                  echo "$DRAFT"
                  [ -n "$DRAFT" ]
                  exit
                fi
                echo "$*"
                while [ "$1" != --notes-file ]; do shift; done
                cat "$2"
                """);
        return run(
                Map.of(
                        "TAGGED",
                        tagged,
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
