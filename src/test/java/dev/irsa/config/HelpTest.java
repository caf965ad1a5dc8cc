package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} prints of each flag. */
class HelpTest {
    static Stream<OptionSpec> flags() {
        return Stream.of(OperatorConfig.flags(), PolicyConfig.flags(), CheckConfig.flags(), new SettingsOptions("plan"))
                .flatMap(options -> new CommandLine(options).getCommandSpec().options().stream());
    }

    /** Picocli formats the words, and complains before the help where it cannot. */
    @ParameterizedTest
    @MethodSource("flags")
    void formatsWithoutErrors(OptionSpec flag) {
        assertThatCode(() -> String.format(String.join("\n", flag.description())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("flags")
    void statesTheInitialValueAsTheDefault(OptionSpec flag) {
        if (flag.initialValue() instanceof String value) {
            assertThat(help(flag)).contains("Default: " + value);
        } else {
            assertThat(help(flag)).containsPattern("Default( for run)?: |Required");
        }
        assertThat(help(flag)).doesNotContain("${", "null");
    }

    @Test
    void namesTheEnvironmentVariableOfTheFlag() {
        assertThat(new CommandLine(OperatorConfig.flags()).getCommandSpec().options())
                .allSatisfy(flag -> {
                    String variable = "IRSA_"
                            + flag.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
                    assertThat(flag.description()[flag.description().length - 1])
                            .isIn(variable, variable + " (comma-separated)");
                });
    }

    /** The page has one entry {@code - `FLAG` (DEFAULT): MEANING} for each flag. */
    @ParameterizedTest
    @MethodSource("flagsOfRun")
    void theGuideStatesTheSameDefault(OptionSpec flag) throws IOException {
        String entry = "- `" + flag.longestName() + "` (";

        assertThat(Files.readAllLines(Path.of("docs/configuration.md")))
                .filteredOn(line -> line.startsWith(entry))
                .singleElement()
                .asString()
                .startsWith(flag.initialValue() instanceof String value ? entry + value + "): " : entry);
    }

    static List<OptionSpec> flagsOfRun() {
        return new CommandLine(OperatorConfig.flags()).getCommandSpec().options();
    }

    private static String help(OptionSpec flag) {
        Help help = new Help(flag.command(), Help.defaultColorScheme(Help.Ansi.OFF));
        Help.Ansi.Text[][] rows = help.createDefaultOptionRenderer()
                .render(flag, help.createDefaultParamLabelRenderer(), help.colorScheme());
        return Arrays.stream(rows).map(row -> row[row.length - 1].plainString()).collect(Collectors.joining("\n"));
    }
}
