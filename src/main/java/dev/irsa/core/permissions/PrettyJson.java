package dev.irsa.core.permissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.policy.PolicyDocument;

/** Formats a policy document for people, with an indentation of two spaces. */
public final class PrettyJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private PrettyJson() {}

    /** Returns the formatted document, without a line end after the last line. */
    public static String of(PolicyDocument document) {
        return of(document, Separators.Spacing.AFTER);
    }

    /** Returns the formatted document with this spacing around colons. */
    static String of(PolicyDocument document, Separators.Spacing colons) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(colons))
                .withObjectIndenter(INDENT)
                .withArrayIndenter(INDENT);
        try {
            return JSON.writer(printer).writeValueAsString(document.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
