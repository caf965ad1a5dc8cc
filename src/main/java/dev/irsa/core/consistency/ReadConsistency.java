package dev.irsa.core.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Decides whether an answer of IAM can be trusted now. */
public final class ReadConsistency {
    private ReadConsistency() {}

    /**
     * Returns how long an answer must be repeated before it is trusted.
     *
     * <table>
     * <caption>An answer is trusted one consistency window after the latest of</caption>
     * <tr><th>answer</th><th>events</th></tr>
     * <tr><td>{@code REFUSAL}</td><td>our last write</td></tr>
     * <tr><td>{@code CONTENT}</td><td>our last write, the time since when we work</td></tr>
     * <tr><td>{@code ABSENCE}</td><td>the same, and the first such answer; at once after an accepted DeleteRole</td></tr>
     * <tr><td>{@code NAME_TAKEN}</td><td>the first such answer</td></tr>
     * <tr><td>{@code FINAL_STATE}</td><td>our last write without a response, and the time since when we work unless no
     *     earlier process can have lost a write</td></tr>
     * </table>
     *
     * @param history the history, with this answer already recorded
     * @param asked when the call began: the answer counts from then, however long the process was stopped since
     * @return zero if the answer is trusted
     */
    public static Duration remaining(Answer answer, WriteHistory history, Instant asked) {
        return switch (answer) {
            case REFUSAL -> remaining(history, asked, history.lastWrite());
            case CONTENT -> remaining(history, asked, history.lastWrite(), history.workingSince());
            case ABSENCE ->
                history.deletionAccepted()
                        ? Duration.ZERO
                        : remaining(
                                history,
                                asked,
                                history.lastWrite(),
                                history.workingSince(),
                                history.absentSince().orElse(asked));
            case NAME_TAKEN ->
                remaining(history, asked, history.nameTakenSince().orElse(asked));
            case FINAL_STATE ->
                history.noEarlierLostWrite()
                        ? remaining(history, asked, history.lastLostWrite())
                        : remaining(history, asked, history.lastLostWrite(), history.workingSince());
        };
    }

    /** Returns whether an answer to a call that began at {@code asked} can be trusted. */
    public static boolean isTrusted(Answer answer, WriteHistory history, Instant asked) {
        return remaining(answer, history, asked).isZero();
    }

    private static Duration remaining(WriteHistory history, Instant asked, Instant... events) {
        Instant latest = Stream.of(events).max(Instant::compareTo).orElse(Instant.MIN);
        if (latest.equals(Instant.MIN)) {
            return Duration.ZERO;
        }
        Instant end = latest.plus(history.window());
        return asked.isBefore(end) ? Duration.between(asked, end) : Duration.ZERO;
    }
}
