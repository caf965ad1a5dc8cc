package dev.irsa.integration.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the Javadoc and the comments of a Java source. Code in them becomes code of Markdown. */
final class JavaComments {
    /** Strings are matched too, since they may hold what looks like a comment. Line comments in a row are one. */
    private static final Pattern TOKEN = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\""
            + "|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\""
            + "|'(?:\\\\.|[^'\\\\])+'"
            + "|(?<line>//[^\\n]*(?:\\n[ \\t]*//[^\\n]*)*)"
            + "|(?<block>/\\*[\\s\\S]*?\\*/)");

    private JavaComments() {}

    static List<Passage> of(Path source) throws IOException {
        String text = Files.readString(source);
        List<Passage> found = new ArrayList<>();
        TOKEN.matcher(text).results().forEach(token -> {
            String where = source + ":" + Passages.line(text, token.start());
            found.addAll(Passages.of(where, prose(token)));
        });
        return found;
    }

    private static String prose(MatchResult token) {
        if (token.group("line") != null) {
            return token.group("line").replaceAll("(?m)^\\s*//+", "");
        }
        return token.group("block") == null ? "" : javadoc(token.group("block"));
    }

    private static String javadoc(String block) {
        return block.replaceAll("^/\\*+|\\*+/$", "")
                .replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("(?s)<pre>.*?</pre>", "")
                .replaceAll("\\{@code\\s+([^{}]*(?:\\{[^{}]*}[^{}]*)*)}", "`code`")
                .replaceAll("\\{@link(?:plain)?\\s+[^}\\s]+\\s+([^}]+)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+[^}]+}", "`code`")
                .replaceAll("(?m)^\\s*@(?:param|throws)\\s+\\S+|^\\s*@return", "\n\n")
                .replaceAll("</?(?:p|li|ul|ol|h\\d)>", "\n\n")
                .replaceAll("</?[a-z]+>", "");
    }
}
