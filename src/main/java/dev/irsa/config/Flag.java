package dev.irsa.config;

import dev.irsa.port.OperatorSettings;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One flag of a command. The flags of the operator are constants of {@code PolicyConfig} and the other records of this package.
 * {@link FlagReader} says what their text means.
 *
 * @param name begins with two hyphens
 * @param label stands for the value in the help
 * @param values how many values it has
 * @param hasVariable whether an environment variable gives what the arguments do not
 * @param defaults the value if neither gives any; empty: there is none
 * @param help ends with what the default is
 * @param setting the setting of a running operator that the flag decides; empty: none
 */
record Flag(
        String name,
        String label,
        Values values,
        boolean hasVariable,
        List<String> defaults,
        String help,
        Optional<Setting> setting) {
    private enum Values {
        ONE,
        ONE_OR_TRUE,
        MANY
    }

    /**
     * A setting that the operator publishes for the commands of {@code kubectl irsa}.
     *
     * @param help of the flag with which such a command replaces it; empty: there is no such flag
     * @param published the values of the flag with which the operator has these settings
     */
    private record Setting(String help, Function<OperatorSettings, Collection<String>> published) {}

    static Flag of(String name, String label) {
        return new Flag(name, label, Values.ONE, true, List.of(), "", Optional.empty());
    }

    /** Declares a flag without an environment variable. */
    static Flag argument(String name, String label) {
        return new Flag(name, label, Values.ONE, false, List.of(), "", Optional.empty());
    }

    /** Declares that the value may be left out, which stands for true. */
    Flag trueIfGiven() {
        return new Flag(name, label, Values.ONE_OR_TRUE, hasVariable, defaults, help, setting);
    }

    Flag repeatable() {
        return new Flag(name, label, Values.MANY, hasVariable, defaults, help, setting);
    }

    Flag orElse(String value) {
        return new Flag(name, label, values, hasVariable, List.of(value), help, setting);
    }

    Flag help(String text) {
        return new Flag(name, label, values, hasVariable, defaults, text, setting);
    }

    /** Declares that the operator publishes the setting, and that commands of {@code kubectl irsa} have the flag too. */
    Flag setting(String text, Function<OperatorSettings, Collection<String>> published) {
        return new Flag(name, label, values, hasVariable, defaults, help, Optional.of(new Setting(text, published)));
    }

    /** Declares that the operator publishes the setting. */
    Flag setting(Function<OperatorSettings, Collection<String>> published) {
        return setting("", published);
    }

    /** Returns whether a command of {@code kubectl irsa} can replace the setting. */
    boolean replacesSetting() {
        return setting.filter(published -> !published.help().isEmpty()).isPresent();
    }

    /** Returns the values with which an operator has these settings, as far as it publishes them. */
    List<String> published(OperatorSettings settings) {
        return setting.map(known -> List.copyOf(known.published().apply(settings)))
                .orElse(defaults);
    }

    /** Returns the option of the operator's commands. */
    OptionSpec option() {
        OptionSpec.Builder option = builder();
        defaults.forEach(option::initialValue);
        if (!hasVariable) {
            return option.description(help).build();
        }
        String variable = "IRSA_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        return option.defaultValue("${env:" + variable + (defaults.isEmpty() ? "" : ":-" + defaults.getFirst()) + "}")
                .description(help, variable + (values == Values.MANY ? " (comma-separated)" : ""))
                .build();
    }

    /** Returns the option with a short name too. */
    OptionSpec option(String shortName) {
        return OptionSpec.builder(option()).names(shortName, name).build();
    }

    /** Returns the option of a command of {@code kubectl irsa} that replaces a setting. */
    OptionSpec replacement() {
        return builder()
                .description(setting.orElseThrow().help() + (values == Values.MANY ? ". Repeatable" : "")
                        + ". Default: the operator's value")
                .build();
    }

    private OptionSpec.Builder builder() {
        OptionSpec.Builder option =
                OptionSpec.builder(name).paramLabel(label).type(values == Values.MANY ? List.class : String.class);
        return switch (values) {
            case ONE -> option;
            case ONE_OR_TRUE -> option.arity("0..1").fallbackValue("true");
            // What a variable can list, the arguments can list in the same way.
            case MANY -> option.auxiliaryTypes(String.class).splitRegex(hasVariable ? "," : "");
        };
    }
}
