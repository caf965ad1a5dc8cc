package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} prints of each flag. */
class HelpTest {
    static Stream<OptionSpec> flags() {
        return Stream.of(new RunOptions(), new PolicyOptions(), new CheckOptions())
                .flatMap(options -> new CommandLine(options).getCommandSpec().options().stream());
    }

    /** Picocli formats the words, and complains before the help where it cannot. */
    @ParameterizedTest
    @MethodSource("flags")
    void formatsWithoutErrors(OptionSpec flag) {
        assertThatCode(() -> String.format(String.join("\n", flag.description())))
                .doesNotThrowAnyException();
    }
}
