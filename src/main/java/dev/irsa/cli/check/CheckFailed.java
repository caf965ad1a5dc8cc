package dev.irsa.cli.check;

import java.util.List;
import java.util.stream.Stream;

/** Reports that the check failed. Each problem is a sentence that says what to do. */
public final class CheckFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    CheckFailed(String problem) {
        this(List.of(problem));
    }

    private CheckFailed(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns both failures, this one first. */
    CheckFailed and(CheckFailed later) {
        return new CheckFailed(
                Stream.concat(problems.stream(), later.problems.stream()).toList());
    }

    /** Returns the problems in the order in which they occurred. */
    public List<String> problems() {
        return problems;
    }
}
