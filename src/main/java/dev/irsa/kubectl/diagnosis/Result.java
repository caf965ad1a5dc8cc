package dev.irsa.kubectl.diagnosis;

/**
 * The result of a check.
 *
 * @param seen what was observed, or why nothing was
 * @param remedy what to do; empty if nothing is to be done
 */
public record Result(Outcome outcome, String seen, String remedy) {
    private static final Result NOT_APPLICABLE = new Result(Outcome.NOT_APPLICABLE, "", "");

    static Result ok(String seen) {
        return new Result(Outcome.OK, seen, "");
    }

    static Result warning(String seen, String remedy) {
        return new Result(Outcome.WARNING, seen, remedy);
    }

    static Result failed(String seen, String remedy) {
        return new Result(Outcome.FAILED, seen, remedy);
    }

    static Result notChecked(String why) {
        return new Result(Outcome.NOT_CHECKED, why, "");
    }

    static Result notApplicable() {
        return NOT_APPLICABLE;
    }

    boolean isFailed() {
        return outcome == Outcome.FAILED;
    }
}
