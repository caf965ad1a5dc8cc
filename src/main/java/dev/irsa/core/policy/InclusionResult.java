package dev.irsa.core.policy;

/** Whether a union of globs matches everything that a glob matches. */
public sealed interface InclusionResult {
    /** The union matches everything that the glob matches. */
    record Within() implements InclusionResult {}

    /**
     * The glob matches something that the union does not.
     *
     * @param witness a shortest word that the glob matches and the union does not
     */
    record Outside(String witness) implements InclusionResult {}

    /** The search exceeded its budget. A security check must treat this as not included. */
    record Undecided() implements InclusionResult {}
}
