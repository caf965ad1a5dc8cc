package dev.irsa.kubectl.completion;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the complete words of a command line are. The parser of the commands cannot read an unfinished line.
 *
 * @param command the command to which the next word belongs
 * @param flags the values of the flags by their longest names; empty for flags without a value
 * @param parameters the number of words of the command that are no flags
 * @param pending the flag of which the next word is the value
 */
record TypedWords(CommandSpec command, Map<String, String> flags, int parameters, Optional<OptionSpec> pending) {
    TypedWords {
        flags = Map.copyOf(flags);
    }

    /** Reads the words after the program's name. Unknown flags are ignored. */
    static TypedWords of(CommandSpec program, List<String> words) {
        CommandSpec command = program;
        Map<String, String> flags = new HashMap<>();
        int parameters = 0;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            CommandLine subcommand = parameters == 0 ? command.subcommands().get(word) : null;
            if (word.startsWith("-")) {
                String[] parts = word.split("=", 2);
                Optional<OptionSpec> option = option(command, parts[0]);
                if (option.isPresent() && parts.length == 1 && takesNextWord(option.get())) {
                    if (!rest.hasNext()) {
                        return new TypedWords(command, flags, parameters, option);
                    }
                    flags.put(option.get().longestName(), rest.next());
                } else if (option.isPresent()) {
                    flags.put(option.get().longestName(), parts.length == 1 ? "" : parts[1]);
                }
            } else if (subcommand != null) {
                command = subcommand.getCommandSpec();
            } else {
                parameters++;
            }
        }
        return new TypedWords(command, flags, parameters, Optional.empty());
    }

    /** Returns the option of a command with this name, such as {@code -n}. */
    static Optional<OptionSpec> option(CommandSpec command, String name) {
        return Optional.ofNullable(command.optionsMap().get(name));
    }

    private static boolean takesNextWord(OptionSpec option) {
        return option.arity().min() > 0;
    }
}
