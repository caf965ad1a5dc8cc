package dev.irsa.config;

import java.util.List;

/** The configuration cannot work; every mistake is listed. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** One sentence a problem. */
    public InvalidConfiguration(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order of the flags. */
    public List<String> problems() {
        return problems;
    }
}
