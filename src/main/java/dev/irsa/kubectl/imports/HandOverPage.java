package dev.irsa.kubectl.imports;

import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.plan.PackagedFile;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page in {@code handover/}, which says how a tool releases its roles. It has sections, each below a comment:
 *
 * <ul>
 *   <li>{@code once}: the text stands once;
 *   <li>{@code each role}: the text stands for each role;
 *   <li>{@code commands}: one block of code has these lines for each role;
 *   <li>{@code include NAME}: another page stands here.
 * </ul>
 *
 * <p>In the text for a role, {@link HandOverValues} replaces each <code>{{placeholder}}</code>.
 */
final class HandOverPage {
    private static final Pattern SECTION =
            Pattern.compile("<!-- (once|each role|commands|include) ?([a-z-]*) -->\n((?:(?!<!-- ).*\n)*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    private HandOverPage() {}

    /** Returns the page of this name for these roles. */
    static String of(String name, List<HandOverValues> roles) {
        return SECTION.matcher(PackagedFile.text(HandOverPage.class, "handover/" + name + ".md"))
                .results()
                .map(section -> switch (section.group(1)) {
                    case "once" -> section.group(3).strip();
                    case "each role" -> filled(section.group(3), roles, "\n\n");
                    case "commands" -> "```sh\n" + filled(section.group(3), roles, "\n") + "\n```";
                    default -> of(section.group(2), roles);
                })
                .collect(Collectors.joining("\n\n"));
    }

    private static String filled(String text, List<HandOverValues> roles, String separator) {
        Matcher placeholders = PLACEHOLDER.matcher(text.strip());
        return roles.stream()
                .map(role -> placeholders.replaceAll(found -> Matcher.quoteReplacement(role.value(found.group(1)))))
                .collect(Collectors.joining(separator));
    }

    /** Returns a value as code within a sentence, on one line. */
    static String code(String value) {
        return "`" + PlainText.line(value).replace('`', '\'') + "`";
    }
}
