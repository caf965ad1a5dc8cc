package dev.irsa.kubectl.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CompletionTest {
    enum Format {
        table,
        yaml
    }

    @Command(
            name = "program",
            subcommands = {Get.class, Plan.class, Doctor.class, Internal.class},
            mixinStandardHelpOptions = true)
    static final class Program {}

    @Command(name = "get", description = "Lists the accounts. Reads only.")
    static final class Get {
        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAMESPACE",
                description = "Namespace. Default: that of the context")
        @Nullable
        String namespace;

        @Option(names = "--context", paramLabel = "CONTEXT")
        @Nullable
        String context;

        @Option(names = "--contexts", paramLabel = "CONTEXT", split = ",")
        List<String> contexts = List.of();

        @Option(
                names = {"-o", "--output"},
                description = "Format of the output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
        Format output = Format.table;

        @Option(names = {"-A", "--all-namespaces"})
        boolean all;

        @Option(names = "--trust", paramLabel = "irsa|pod-identity")
        List<String> trust = List.of();

        @Option(names = "--profile-for", paramLabel = "ACCOUNT-ID=PROFILE")
        List<String> profiles = List.of();

        @Option(names = "--internal", hidden = true)
        boolean internal;

        @Parameters(paramLabel = "NAME", arity = "0..1", index = "0")
        @Nullable
        String name;
    }

    @Command(name = "plan", description = "Plans.")
    static final class Plan {
        @Option(
                names = {"-f", "--filename"},
                paramLabel = "FILE")
        List<Path> files = List.of();

        @Option(names = "--name", paramLabel = "NAME")
        @Nullable
        String name;
    }

    @Command(name = "doctor")
    static final class Doctor {
        @Parameters(paramLabel = "POD|sa/NAME", index = "0")
        @Nullable
        String subject;
    }

    @Command(name = "__internal", hidden = true)
    static final class Internal {}

    private final NameSource names = (kind, flags) -> switch (kind) {
        case NAMESPACE -> List.of("payments", "default", "platform");
        case CONTEXT -> List.of("staging", "production");
        case ACCOUNT_PROFILE -> List.of("444455556666=analytics", "444455556666=reader");
        case SERVICE_ACCOUNT -> List.of("of-" + flags.getOrDefault("--namespace", "context"));
        case POD_OR_SERVICE_ACCOUNT -> List.of("api-1", "sa/api");
    };

    @Test
    void listsVisibleCommandsWithTheFirstSentenceOfTheirDescription() {
        assertThat(words("")).containsExactly("doctor", "get\tLists the accounts", "plan\tPlans");
        assertThat(words("ge")).containsExactly("get\tLists the accounts");
        assertThat(words("x")).isEmpty();
    }

    @Test
    void listsVisibleFlags() {
        assertThat(words("get", "--n")).containsExactly("--namespace\tNamespace");
        assertThat(words("get", "--o")).containsExactly("--output\tFormat of the output: table, yaml");
        assertThat(words("get", "-")).contains("-A", "-n\tNamespace", "--trust").doesNotContain("--internal");
        assertThat(words("--h")).singleElement().asString().startsWith("--help\t");
    }

    @Test
    void listsOnlyFlagsThatCanBeGivenOnceMore() {
        assertThat(words("get", "-n", "a", "--trust=irsa", "-A", "-"))
                .contains("--trust", "--context")
                .doesNotContain("-A", "--all-namespaces", "-n\tNamespace", "--namespace\tNamespace");
    }

    @Test
    void listsValuesOfAFlag() {
        assertThat(words("get", "-o", "")).containsExactly("table", "yaml");
        assertThat(words("get", "--trust", "p")).containsExactly("pod-identity");
        assertThat(words("get", "--context", "")).containsExactly("production", "staging");
        assertThat(words("get", "-A", "--namespace", "p")).containsExactly("payments", "platform");
    }

    @Test
    void listsTheNextValueOfAList() {
        assertThat(words("get", "--contexts", "s")).containsExactly("staging");
        assertThat(words("get", "--contexts", "staging,")).containsExactly("staging,production", "staging,staging");
        assertThat(words("get", "--contexts=staging,p")).containsExactly("staging,production");
    }

    @Test
    void listsAccountsWithTheirProfiles() {
        assertThat(words("get", "--profile-for", "4")).containsExactly("444455556666=analytics", "444455556666=reader");
        assertThat(words("get", "--profile-for=444455556666=r")).containsExactly("444455556666=reader");
        assertThat(words("get", "--profile-for", "444455556666=reader", "--p")).containsExactly("--profile-for");
    }

    @Test
    void omitsTheFlagBeforeTheEqualsSign() {
        assertThat(words("get", "--namespace=pay")).containsExactly("payments");
        assertThat(words("get", "--no-such=pay")).isEmpty();
    }

    @Test
    void listsNamesInTheChosenNamespace() {
        assertThat(words("get", "")).containsExactly("of-context");
        assertThat(words("get", "-n", "a", "")).containsExactly("of-a");
        assertThat(words("get", "--namespace=b", "")).containsExactly("of-b");
        assertThat(words("doctor", "sa/")).containsExactly("sa/api");
    }

    @Test
    void listsNoNamesAfterTheLastParameter() {
        assertThat(words("get", "one", "")).isEmpty();
    }

    @Test
    void listsNoNamesForAFlagWithTheLabelOfAParameter() {
        assertThat(words("plan", "--name", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "--filename"})
    void leavesFilesToTheShell(String flag) {
        assertThat(complete("plan", flag, "dep").lines()).isEqualTo(":0\n");
    }

    @Test
    void endsWithTheDirectiveThatForbidsFileNames() {
        assertThat(complete("get", "-o", "").lines()).isEqualTo("table\nyaml\n:4\n");
        assertThat(new Completion(new CommandLine(new Program()).getCommandSpec(), names)
                        .of(List.of())
                        .lines())
                .isEqualTo(":4\n");
    }

    private List<String> words(String... line) {
        return complete(line).words();
    }

    private Suggestions complete(String... line) {
        return new Completion(new CommandLine(new Program()).getCommandSpec(), names).of(List.of(line));
    }
}
