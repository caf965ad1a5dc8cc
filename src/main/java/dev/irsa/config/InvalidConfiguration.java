package dev.irsa.config;

import java.util.List;

/** Reports that the configuration is invalid, with all problems. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param problems one sentence each */
    public InvalidConfiguration(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, in the order of the flags. */
    public List<String> problems() {
        return problems;
    }
}
