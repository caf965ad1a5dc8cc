package dev.irsa.kubectl.imports;

import dev.irsa.core.text.PlainText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Quotes a value as one word of a command for bash and zsh. Names come from tags, states and manifests, and any user
 * may have chosen them.
 */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWord() {}

    /** Returns the value, quoted if the shell would change it. The result is always one line. */
    static String of(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        return PlainText.line(value).equals(value) ? "'" + value.replace("'", "'\\''") + "'" : escaped(value);
    }

    /** Returns an option with its value. A value that begins with a hyphen would count as another option. */
    static String option(String name, String value) {
        return name + (value.startsWith("-") ? "=" : " ") + of(value);
    }

    /** Shows what would otherwise be invisible: line breaks, control characters, and changes of the text direction. */
    private static String escaped(String value) {
        StringBuilder word = new StringBuilder("$'");
        value.chars().forEach(character -> {
            if (character == '\'' || character == '\\') {
                word.append('\\').append((char) character);
            } else if (character >= ' ' && character <= '~') {
                word.append((char) character);
            } else {
                word.append(String.format(Locale.ROOT, "\\u%04x", character));
            }
        });
        return word.append('\'').toString();
    }
}
