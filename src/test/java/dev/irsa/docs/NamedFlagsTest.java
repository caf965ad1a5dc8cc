package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.OperatorMain;
import dev.irsa.fixtures.docs.DocumentationPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Checks that each flag that a message, a page, or a manifest names exists. */
class NamedFlagsTest {
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    /** A flag that is named on its own in backticks, perhaps with a value. */
    private static final Pattern NAMED = Pattern.compile("`(--[a-z][a-z0-9-]*)[^`]*`");
    /** A command of the operator or of the plugin, with the lines that continue it. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:irsa-operator (?:run|policy|check)|kubectl irsa) (?:\\\\\\v|[^\\v|;&>`\"])*");

    private static final Pattern LITERAL = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\v])*\"");

    /** Flags of other programs that our texts name: kubectl, helm, aws, eksctl, jq, the API server, and the EKS webhook. */
    private static final Set<String> OTHERS = Set.of(
            "--addon-name",
            "--annotation-prefix",
            "--approve",
            "--arg",
            "--association-id",
            "--attach-role-arn",
            "--capabilities",
            "--cascade",
            "--change-set-type",
            "--client-id",
            "--client-id-list",
            "--cluster",
            "--config-file",
            "--create-bucket-configuration",
            "--create-namespace",
            "--field-selector",
            "--for",
            "--instance-profile-name",
            "--lookup-attributes",
            "--no-enable-termination-protection",
            "--only-missing",
            "--open-id-connect-provider-arn",
            "--override-existing-serviceaccounts",
            "--overwrite",
            "--patch",
            "--permissions-boundary",
            "--policy-arn",
            "--policy-name",
            "--profile",
            "--query",
            "--raw",
            "--selector",
            "--server",
            "--server-side",
            "--service-account-issuer",
            "--service-account-jwks-uri",
            "--service-account-key-file",
            "--service-account-signing-key-file",
            "--set",
            "--stack-name",
            "--tag-keys",
            "--tags",
            "--template-body",
            "--token-audience",
            "--type",
            "--url",
            "--values");

    private static final Set<String> OURS = ours();

    static Stream<Path> pages() {
        return DocumentationPages.all();
    }

    static Stream<Path> sources() {
        return files(Path.of("src", "main", "java"), ".java");
    }

    static Stream<Path> packagedTexts() {
        return Stream.concat(
                files(Path.of("deploy"), ".yaml", ".tpl", ".txt", ".json", ".gotmpl"),
                files(Path.of("src", "main", "resources"), ".md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void flagsOfPagesExist(Path page) {
        String text = DocumentationPages.read(page);
        List<String> named = found(NAMED, FENCED.matcher(text).replaceAll(""));
        List<String> used = found(COMMAND, text).stream()
                .flatMap(command -> found(FLAG, command).stream())
                .toList();

        assertThat(named).isSubsetOf(known());
        assertThat(used).isSubsetOf(OURS);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void flagsOfMessagesExist(Path source) {
        String literals = String.join("\n", found(LITERAL, DocumentationPages.read(source)));

        assertThat(found(FLAG, literals)).isSubsetOf(known());
    }

    @ParameterizedTest
    @MethodSource("packagedTexts")
    void flagsOfPackagedTextsExist(Path text) {
        assertThat(found(FLAG, DocumentationPages.read(text))).isSubsetOf(known());
    }

    @Test
    void findsFlags() {
        assertThat(found(NAMED, "`--region`, `--trust=irsa`, `kubectl --as`, --bare"))
                .containsExactly("--region", "--trust");
        assertThat(found(
                        COMMAND,
                        "helm -n irsa-operator --wait; irsa-operator policy --account 1 \\\n  --region x | jq --raw\n"))
                .containsExactly("irsa-operator policy --account 1 \\\n  --region x ");
        assertThat(found(LITERAL, "f(\"a \\\" --b\", c-- ); /* --d */ \"\"\"\n --e\n\"\"\""))
                .containsExactly("\"a \\\" --b\"", "\"\"\"\n --e\n\"\"\"");
        assertThat(found(FLAG, "a--b ---c --d=e (--f)")).containsExactly("--d", "--f");
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(OTHERS);
        known.addAll(OURS);
        return known;
    }

    private static Set<String> ours() {
        Set<String> ours = new TreeSet<>();
        addOptions(OperatorMain.commandLine(Optional.of("kubectl irsa")), ours);
        return ours;
    }

    private static void addOptions(CommandLine command, Set<String> names) {
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(subcommand -> addOptions(subcommand, names));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .toList();
    }

    private static Stream<Path> files(Path folder, String... endings) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
