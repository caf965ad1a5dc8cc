package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The actions that the Allow statements of a policy allow, regardless of resources and conditions. Deny statements only
 * restrict access, so they do not count. An ambiguous document is refused, because the operator does not guess how IAM
 * interprets it.
 */
public sealed interface PolicyActions {
    /** The allowed actions, in the order of the document. */
    record Read(List<Entry> entries) implements PolicyActions {
        public Read {
            entries = List.copyOf(entries);
        }
    }

    /** The document is invalid or ambiguous. Each problem has the form "path problem". */
    record Refused(List<String> problems) implements PolicyActions {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** A set of allowed actions and its path in the document. */
    sealed interface Entry {
        String place();
    }

    /** A pattern of an Action element. */
    record Listed(String place, ActionPattern pattern) implements Entry {}

    /** A NotAction element, which allows all current and future actions except those that it lists. */
    record AllBut(String place) implements Entry {}

    /** Returns the allowed actions of this policy document. */
    static PolicyActions of(JsonNode document) {
        List<String> problems = new ArrayList<>(PolicyGrammar.problemsOf(document));
        if (!problems.isEmpty()) {
            return new Refused(problems);
        }
        List<Entry> entries = new ArrayList<>();
        PolicyGrammar.eachOf("Statement", document.path("Statement"), (place, statement) -> {
            if (statement.path("Effect").asText().equals("Deny")) {
                return;
            }
            if (statement.has("NotAction")) {
                entries.add(new AllBut(place + ".NotAction"));
                return;
            }
            PolicyGrammar.eachOf(place + ".Action", statement.path("Action"), (path, action) -> {
                String text = action.asText();
                ActionPattern.problemOf(text)
                        .ifPresentOrElse(
                                problem -> problems.add(path + " " + problem),
                                () -> entries.add(new Listed(path, new ActionPattern(text))));
            });
        });
        return problems.isEmpty() ? new Read(entries) : new Refused(problems);
    }
}
