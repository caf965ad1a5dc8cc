package dev.irsa.core.access;

import java.util.List;

/**
 * Whether the policies of a role allow what was asked.
 *
 * @param through the names of the policies that allow it, or may allow it
 * @param reasons why not, or on what it depends, as clauses; empty for a plain yes
 */
public record AccessDecision(Answer answer, List<String> through, List<String> reasons) {
    /** The answers. */
    public enum Answer {
        /** The policies allow all of it. */
        YES,
        /** It depends on a condition or a variable, or only a part of it is allowed. */
        PERHAPS,
        /** The policies allow none of it. */
        NO
    }

    public AccessDecision {
        through = List.copyOf(through);
        reasons = List.copyOf(reasons);
    }
}
