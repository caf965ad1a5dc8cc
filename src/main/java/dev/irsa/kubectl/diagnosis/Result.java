package dev.irsa.kubectl.diagnosis;

/**
 * The result of a check.
 *
 * @param seen what was observed, or why nothing was
 * @param remedy what to do; empty if nothing is to be done
 */
public record Result(Outcome outcome, String seen, String remedy) {
    private static final Result NOT_APPLICABLE = new Result(Outcome.NotApplicable, "", "");

    public static Result ok(String seen) {
        return new Result(Outcome.OK, seen, "");
    }

    public static Result warning(String seen, String remedy) {
        return new Result(Outcome.Warning, seen, remedy);
    }

    public static Result failed(String seen, String remedy) {
        return new Result(Outcome.Failed, seen, remedy);
    }

    public static Result notChecked(String why) {
        return new Result(Outcome.NotChecked, why, "");
    }

    static Result notApplicable() {
        return NOT_APPLICABLE;
    }

    boolean isFailed() {
        return outcome == Outcome.Failed;
    }

    /** The outcome of a check. The names are part of the interface of the commands that report them. */
    public enum Outcome {
        OK,
        /** The pod may get its credentials, but something deserves attention. */
        Warning,
        /** This keeps the pod from getting its credentials. */
        Failed,
        /** What the check reads could not be read, or an earlier check failed. */
        NotChecked,
        /** The check has no meaning here. It is not listed. */
        NotApplicable
    }
}
