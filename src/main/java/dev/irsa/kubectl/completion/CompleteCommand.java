package dev.irsa.kubectl.completion;

import dev.irsa.core.text.PlainText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Prints the words that can follow on a command line. kubectl starts {@code kubectl_complete-irsa} with the words of the
 * line, and that program starts this command.
 */
@Command(name = "__complete", hidden = true)
public final class CompleteCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteCommand.class);

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        out.print(PlainText.lines(suggestions().lines()));
        out.flush();
    }

    /** A failure must not disturb the line that the user types. */
    private Suggestions suggestions() {
        try {
            return new Completion(command.root(), new ClusterNames()).of(words);
        } catch (RuntimeException e) {
            LOG.debug("cannot complete the command line", e);
            return Suggestions.NONE;
        }
    }
}
