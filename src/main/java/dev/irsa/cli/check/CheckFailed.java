package dev.irsa.cli.check;

import java.util.List;
import java.util.stream.Stream;

/** The check has not gone well; each problem is a sentence with the way out. */
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

    /** And what went wrong after it. */
    CheckFailed and(CheckFailed later) {
        return new CheckFailed(
                Stream.concat(problems.stream(), later.problems.stream()).toList());
    }

    /** What is wrong, the first thing first. */
    public List<String> problems() {
        return problems;
    }
}
