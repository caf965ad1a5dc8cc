package dev.irsa.kubectl;

import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.kubectl.output.Terminal;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The flags of the commands that read the cluster and AWS, and print a table or a document. */
final class ReadOptions extends ConnectionOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Output format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    OutputFormat format = OutputFormat.table;

    /** Prints the result as the user wants it. */
    void print(Output output, Function<Terminal, String> text, Supplier<?> document) {
        output.print(format == OutputFormat.table ? text.apply(output.terminal()) : format.serialize(document.get()));
    }
}
