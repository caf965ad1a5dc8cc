package dev.irsa.core.policy;

/** Whether everything that one glob accepts is accepted by a union of globs. */
public sealed interface Inclusion {
    /** All of it is. */
    record Within() implements Inclusion {}

    /**
     * Some of it is not.
     *
     * @param witness a shortest word that the glob accepts and the union does not
     */
    record Outside(String witness) implements Inclusion {}

    /** The question would have cost more than it was given. Who asks for safety's sake takes it for a no. */
    record Undecided() implements Inclusion {}
}
