package dev.irsa.kubectl;

import dev.irsa.kubectl.output.OutputFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flag for the output format, whose values depend on the command. */
sealed interface FormatFlag {
    String DESCRIPTION = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}";

    /** The flag of a command whose table has more columns if the user asks for them. */
    final class WithWide implements FormatFlag {
        private final Consumer<OutputFormat> target;

        WithWide(Consumer<OutputFormat> target) {
            this.target = target;
        }

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                defaultValue = "table",
                description = DESCRIPTION)
        void set(OutputFormat format) {
            target.accept(format);
        }
    }

    /** The flag of any other command. */
    final class WithoutWide implements FormatFlag {
        private final Consumer<OutputFormat> target;

        WithoutWide(Consumer<OutputFormat> target) {
            this.target = target;
        }

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                defaultValue = "table",
                completionCandidates = Names.class,
                converter = Converter.class,
                description = DESCRIPTION)
        void set(OutputFormat format) {
            target.accept(format);
        }

        private static final class Names implements Iterable<String> {
            private static final List<String> ALL = Arrays.stream(OutputFormat.values())
                    .filter(format -> format != OutputFormat.wide)
                    .map(OutputFormat::name)
                    .toList();

            @Override
            public Iterator<String> iterator() {
                return ALL.iterator();
            }
        }

        private static final class Converter implements ITypeConverter<OutputFormat> {
            @Override
            public OutputFormat convert(String value) {
                if (!Names.ALL.contains(value)) {
                    throw new TypeConversionException(
                            "expected one of " + Names.ALL + " (case-sensitive) but was '" + value + "'");
                }
                return OutputFormat.valueOf(value);
            }
        }
    }
}
