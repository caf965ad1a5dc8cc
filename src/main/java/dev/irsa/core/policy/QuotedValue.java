package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What somebody wrote, as a message shows it: as JSON, and no longer than it takes to recognise it. */
final class QuotedValue {
    static final int LONGEST = 60;

    private QuotedValue() {}

    static String of(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        String text = node.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    static String of(String text) {
        return of(JsonNodeFactory.instance.textNode(text));
    }
}
