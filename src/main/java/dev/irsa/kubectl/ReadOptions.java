package dev.irsa.kubectl;

import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.kubectl.output.Terminal;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** The flags of the commands that read the cluster and AWS, and print a table or a document. */
final class ReadOptions extends ConnectionOptions {
    OutputFormat format = OutputFormat.table;

    @Mixin
    final FormatFlag formatFlag;

    /** Creates the flags of a command whose table has no more columns with {@code -o wide}. */
    ReadOptions() {
        this.formatFlag = new FormatFlag.WithoutWide(value -> format = value);
    }

    private ReadOptions(Function<ReadOptions, FormatFlag> flag) {
        this.formatFlag = flag.apply(this);
    }

    /** Returns the flags of a command whose table has more columns with {@code -o wide}. */
    static ReadOptions withWide() {
        return new ReadOptions(options -> new FormatFlag.WithWide(value -> options.format = value));
    }

    /** Prints the result as the user wants it. */
    void print(Output output, Function<Terminal, String> text, Supplier<?> document) {
        output.print(format.isTable() ? text.apply(output.terminal()) : format.serialize(document.get()));
    }
}
