package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Formats a user's value for a message, as JSON that is truncated to {@link #LONGEST} characters. */
public final class QuotedValue {
    static final int LONGEST = 60;

    private QuotedValue() {}

    /** Returns this node as JSON, or the word missing. */
    public static String of(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        String text = node.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    /** Returns this text as a JSON string. */
    public static String of(String text) {
        return of(JsonNodeFactory.instance.textNode(text));
    }
}
