package dev.irsa.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.SearchBudget;
import java.util.List;

/**
 * The Action or NotAction element of a statement.
 *
 * @param negated whether it is NotAction
 */
record ActionElement(List<Glob> patterns, boolean negated) {
    static ActionElement of(JsonNode statement) {
        boolean negated = statement.has("NotAction");
        return new ActionElement(
                ResourceElement.texts(statement.path(negated ? "NotAction" : "Action")).stream()
                        .map(Glob::ignoringCase)
                        .toList(),
                negated);
    }

    /** Returns how much of what is asked the element matches. */
    Extent extentOf(Glob asked, SearchBudget effort) {
        Extent named = Extent.NONE;
        List<Glob> overlapping = patterns.stream().filter(asked::overlaps).toList();
        if (!overlapping.isEmpty()) {
            named = ArnPattern.isWithin(asked, overlapping, effort) ? Extent.ALL : Extent.SOME;
        }
        return negated ? named.opposite() : named;
    }
}
