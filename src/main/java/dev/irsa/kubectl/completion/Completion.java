package dev.irsa.kubectl.completion;

import dev.irsa.kubectl.completion.NameSource.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completes a command line from the specification of the commands.
 *
 * @param program the specification
 * @param names reads the names that only a cluster or a kubeconfig knows
 */
record Completion(CommandSpec program, NameSource names) {
    /** A label that lists the values, such as {@code json|yaml}. */
    private static final Pattern VALUES = Pattern.compile("[a-z-]+(\\|[a-z-]+)+");

    /**
     * Returns the words that can replace the last one.
     *
     * @param words the command line after the program's name; the last word is not complete, and is often empty
     */
    Suggestions of(List<String> words) {
        if (words.isEmpty()) {
            return Suggestions.NONE;
        }
        TypedWords typed = TypedWords.of(program, words.subList(0, words.size() - 1));
        String last = words.getLast();
        int equals = last.indexOf('=');
        if (typed.pending().isPresent()) {
            return values(typed.pending().get(), last, typed);
        }
        if (last.startsWith("-") && equals > 0) {
            // The shell puts the name of the flag before the value again.
            return TypedWords.option(typed.command(), last.substring(0, equals))
                    .map(option -> values(option, last.substring(equals + 1), typed))
                    .orElse(Suggestions.NONE);
        }
        return last.startsWith("-") ? flags(typed, last) : commandsOrParameter(typed, last);
    }

    private static Suggestions flags(TypedWords typed, String last) {
        return Suggestions.of(
                typed.command().options().stream()
                        .filter(option -> !option.hidden())
                        .filter(option ->
                                option.isMultiValue() || !typed.flags().containsKey(option.longestName()))
                        .flatMap(option -> Arrays.stream(option.names())
                                .map(name -> Suggestions.described(name, first(option.description())))),
                last);
    }

    private Suggestions commandsOrParameter(TypedWords typed, String last) {
        if (typed.parameters() == 0 && !typed.command().subcommands().isEmpty()) {
            return Suggestions.of(
                    typed.command().subcommands().values().stream()
                            .map(CommandLine::getCommandSpec)
                            .filter(command -> !command.usageMessage().hidden())
                            .map(command -> Suggestions.described(
                                    command.name(), first(command.usageMessage().description()))),
                    last);
        }
        return parameter(typed).map(parameter -> values(parameter, last, typed)).orElse(Suggestions.NONE);
    }

    private static Optional<PositionalParamSpec> parameter(TypedWords typed) {
        return typed.command().positionalParameters().stream()
                .filter(parameter -> parameter.index().contains(typed.parameters()))
                .findFirst();
    }

    private Suggestions values(ArgSpec parameter, String last, TypedWords typed) {
        if (Arrays.asList(parameter.auxiliaryTypes()).contains(Path.class)) {
            return Suggestions.FILES;
        }
        Iterable<String> candidates = Objects.requireNonNullElse(parameter.completionCandidates(), List.of());
        Stream<String> values = StreamSupport.stream(candidates.spliterator(), false);
        String label = parameter.paramLabel();
        if (VALUES.matcher(label).matches()) {
            values = Stream.of(label.split("\\|"));
        }
        Stream<String> read = Kind.of(parameter)
                .map(kind -> names.read(kind, typed.flags()).stream())
                .orElse(Stream.empty());
        String before = listed(parameter, last);
        return Suggestions.of(Stream.concat(values, read).map(value -> before + value), last);
    }

    /** Returns the values of a list that are complete, with the comma after each. */
    private static String listed(ArgSpec parameter, String last) {
        return parameter.splitRegex().equals(",") ? last.substring(0, last.lastIndexOf(',') + 1) : "";
    }

    private static String first(String[] description) {
        return description.length == 0 ? "" : description[0];
    }

    /**
     * What the complete words of a command line are. The parser of the commands cannot read an unfinished line.
     *
     * @param command the command to which the next word belongs
     * @param flags the values of the flags by their longest names; empty for flags without a value
     * @param parameters the number of words of the command that are no flags
     * @param pending the flag of which the next word is the value
     */
    private record TypedWords(
            CommandSpec command, Map<String, String> flags, int parameters, Optional<OptionSpec> pending) {
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
}
