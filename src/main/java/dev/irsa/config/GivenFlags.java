package dev.irsa.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Holds the flags of a command, and what its arguments and the environment give for them. Commands have it as a mixin. */
public final class GivenFlags {
    private final Map<Flag, OptionSpec> options = new LinkedHashMap<>();

    GivenFlags(List<Flag> flags) {
        this(flags, Flag::option);
    }

    GivenFlags(List<Flag> flags, Function<Flag, OptionSpec> option) {
        flags.forEach(flag -> options.put(flag, option.apply(flag)));
    }

    @Spec
    void addTo(CommandSpec command) {
        options().forEach(command::addOption);
    }

    Collection<OptionSpec> options() {
        return options.values();
    }

    /** Returns the values of the flag, or its default. */
    List<String> texts(Flag flag) {
        return given(flag).orElse(flag.defaults());
    }

    /** Returns the values of the flag; empty if it is not given. */
    Optional<List<String>> given(Flag flag) {
        return Optional.ofNullable(options.get(flag))
                .<Object>map(OptionSpec::getValue)
                .map(value -> value instanceof Collection<?> values
                        ? values.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(value)));
    }
}
