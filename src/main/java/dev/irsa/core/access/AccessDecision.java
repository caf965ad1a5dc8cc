package dev.irsa.core.access;

import java.util.List;

/**
 * Whether the policies of a role allow what was asked.
 *
 * @param through the names of the policies that allow it, or may allow it
 * @param reasons why not, or on what it depends, each as a clause; empty for a plain yes
 */
public record AccessDecision(Answer answer, List<String> through, List<String> reasons) {
    public AccessDecision {
        through = List.copyOf(through);
        reasons = List.copyOf(reasons);
    }
}
